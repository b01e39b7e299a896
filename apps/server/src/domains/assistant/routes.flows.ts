import { NamedFlow, WalkedFlowList } from '@clew/contract/flow-runs'
import { ConversationId, Locale } from '@clew/contract/primitives'
import { fillText } from '@clew/flows'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { sharedKnowledge } from './knowledge.ts'
import type { SharedParts } from './parts.ts'
import { readWalkedFlows } from './use-cases/read-walked-flows.ts'

export const flowRoutes = (parts: SharedParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/widget/flows/:flowId',
    audience: 'public',
    summary: 'The title of a flow that a page asks for',
    params: z.object({ flowId: z.string().max(80) }),
    query: z.object({ locale: Locale.default('en') }),
    responses: { 200: NamedFlow },
    run: async (_ctx, { params: { flowId }, query }) => {
      const flow = parts.flows().find(flowId)
      if (!flow || parts.flows().isStopped(flow.id)) throw new AppError('flow.not_found')
      const { flowValues } = sharedKnowledge(parts, '')
      return ok({ id: flow.id, title: fillText(flow.title, query.locale, flowValues) })
    },
  }),
  route({
    method: 'GET',
    path: '/conversations/:conversationId/flows',
    audience: 'team',
    summary: 'The flows walked in a conversation, with their notes for agents and administrators',
    params: z.object({ conversationId: ConversationId }),
    query: z.object({ locale: Locale.default('en') }),
    responses: { 200: WalkedFlowList },
    run: async (ctx, { params, query }) => ok(await readWalkedFlows(ctx, { ...params, ...query }, parts)),
  }),
]
