import type { ContactId } from '@clew/contract/primitives'
import { Empty } from '@clew/contract/primitives'
import { ContactSession } from '@clew/contract/sessions'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, created, route } from '../../platform/routes.ts'
import { beginContactSession } from './use-cases/begin-contact-session.ts'

export type ContactParts = { actAs(ctx: Ctx, actor: Actor): Ctx }

export const contactRoutes = ({ actAs }: ContactParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/widget/sessions',
    audience: 'public',
    summary: 'Begin a visitor session, with the first message',
    body: Empty,
    responses: { 201: ContactSession },
    limit: { perMinute: 30 },
    run: async (ctx) =>
      created(await beginContactSession(actAs(ctx, { type: 'contact', id: ctx.ids.next() as ContactId }))),
  }),
]
