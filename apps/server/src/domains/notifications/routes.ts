import { ConversationId, Empty, IncidentId } from '@clew/contract/primitives'
import { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, noContent, route } from '../../platform/routes.ts'
import { followInChat } from './use-cases/follow-in-chat.ts'

export const notificationRoutes = (parts: { asSystem(ctx: Ctx, job: string): Ctx }): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/widget/conversations/:conversationId/incidents/:incidentId/follow',
    audience: 'contact',
    summary: 'Be told in the conversation when an incident is over',
    params: z.object({ conversationId: ConversationId, incidentId: IncidentId }),
    body: Empty,
    responses: { 204: null },
    limit: { perMinute: 20 },
    run: async (ctx, { params }) => {
      await followInChat(ctx, params, parts)
      return noContent()
    },
  }),
]
