import { EventList, EventsAfter } from '@clew/contract/realtime'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import { AppError } from './app-error.ts'
import { openEventStream } from './http/event-stream.ts'
import { placeOf, positionOf } from './place.ts'
import type { Audience, RealtimeHub } from './realtime.ts'
import { type AnyRoute, ok, route } from './routes.ts'

/** The stream of changes and the same by polling, for the team and for a contact. */
export const realtimeRoutes = (hub: RealtimeHub): readonly AnyRoute[] =>
  (['contact', 'team'] as const).flatMap((audience) => {
    const prefix = audience === 'contact' ? '/widget' : ''
    return [
      route({
        method: 'GET',
        path: `${prefix}/stream`,
        audience,
        summary: 'Changes as server-sent events, resumed from Last-Event-ID',
        query: z.object({ after: z.string().max(64).optional() }),
        responses: { 200: null },
        produces: 'text/event-stream',
        run: (ctx, { request, reply, query }) =>
          openEventStream(ctx, hub, { request, reply, audience: audienceOf(ctx.actor), after: query.after }),
      }),
      route({
        method: 'GET',
        path: `${prefix}/events`,
        audience,
        summary: 'Changes after a position, for clients that poll',
        query: EventsAfter,
        responses: { 200: EventList },
        run: async (ctx, { query }) => {
          const asked = { after: placeOf(query.after), limit: query.limit }
          const { reached, ...list } = await hub.eventsAfter(ctx, audienceOf(ctx.actor), asked)
          return ok({ ...list, position: positionOf(reached) })
        },
      }),
    ]
  })

function audienceOf(actor: Actor): Audience {
  if (actor.type === 'agent') return { type: 'team' }
  if (actor.type === 'contact') return { type: 'contact', contactId: actor.id }
  throw new AppError('session.required')
}
