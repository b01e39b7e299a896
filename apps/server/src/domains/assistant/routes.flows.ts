import { AgentWalkState, AnswerWalk, NamedFlow, StartWalk, WalkedFlowList } from '@clew/contract/flow-runs'
import { ConversationId, Locale } from '@clew/contract/primitives'
import { fillText } from '@clew/flows'
import { z } from 'zod'
import { AppError } from '../../platform/app-error.ts'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import { sharedKnowledge } from './knowledge.ts'
import type { AssistantParts } from './parts.ts'
import { readWalkedFlows } from './use-cases/read-walked-flows.ts'
import { answerWalk, readWalk, startWalk } from './use-cases/walk-as-agent.ts'

const params = z.object({ conversationId: ConversationId })
const query = z.object({ locale: Locale.default('en') })

export const flowRoutes = (parts: AssistantParts): readonly AnyRoute[] => [
  ...agentWalkRoutes(parts),
  route({
    method: 'GET',
    path: '/widget/flows/:flowId',
    audience: 'public',
    summary: 'The title of a flow that a page asks for',
    params: z.object({ flowId: z.string().max(80) }),
    query,
    responses: { 200: NamedFlow },
    run: async (_ctx, { params: { flowId }, query: { locale } }) => {
      const flow = parts.flows().find(flowId)
      if (!flow || parts.flows().isStopped(flow.id)) throw new AppError('flow.not_found')
      const { flowValues } = sharedKnowledge(parts, '')
      return ok({ id: flow.id, title: fillText(flow.title, locale, flowValues) })
    },
  }),
  route({
    method: 'GET',
    path: '/conversations/:conversationId/flows',
    audience: 'team',
    summary: 'The flows walked in a conversation, with their notes for agents and administrators',
    params,
    query,
    responses: { 200: WalkedFlowList },
    run: async (ctx, input) => ok(await readWalkedFlows(ctx, { ...input.params, ...input.query }, parts)),
  }),
]

const walkPath = '/conversations/:conversationId/walk'

const agentWalkRoutes = (parts: AssistantParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: walkPath,
    audience: 'team',
    summary: 'The flow that an agent walks in a conversation, and those that can be walked',
    params,
    query,
    responses: { 200: AgentWalkState },
    run: async (ctx, input) => ok(await readWalk(ctx, { ...input.params, ...input.query }, parts)),
  }),
  route({
    method: 'POST',
    path: walkPath,
    audience: 'team',
    summary: 'Walk a flow as an agent, with what the case knows already',
    params,
    query,
    body: StartWalk,
    responses: { 200: AgentWalkState },
    run: async (ctx, input) => ok(await startWalk(ctx, { ...input.params, ...input.query, ...input.body }, parts)),
  }),
  route({
    method: 'POST',
    path: `${walkPath}/answers`,
    audience: 'team',
    summary: 'Answer the step at which it stands, or go back to one',
    params,
    query,
    body: AnswerWalk,
    responses: { 200: AgentWalkState },
    run: async (ctx, input) =>
      ok(await answerWalk(ctx, { ...input.params, ...input.query, answer: input.body }, parts)),
  }),
]
