import {
  AnswerChoices,
  GapQuery,
  GapReport,
  GiveThumbReason,
  NoteWrongAnswer,
  Playground,
  Regression,
  RegressionList,
  RegressionRun,
  ResolutionQuery,
  ResolutionReport,
  TryMessage,
} from '@clew/contract/assistant-learning'
import { ConversationId, Locale } from '@clew/contract/primitives'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { AssistantParts } from './parts.ts'
import { giveThumbReason } from './use-cases/note-outcome.ts'
import { dropRegression, noteWrongAnswer } from './use-cases/note-wrong-answer.ts'
import { readGaps } from './use-cases/read-gaps.ts'
import { exportResolution, readResolution } from './use-cases/read-resolution.ts'
import { exportRegressions, readAnswerChoices, readRegressions, runRegressions } from './use-cases/run-regressions.ts'
import { tryMessage } from './use-cases/try-message.ts'

const often = { perMinute: 60 }

export const learningRoutes = (parts: AssistantParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/widget/conversations/:conversationId/thumb-reason',
    audience: 'contact',
    summary: 'Why the last answer did not help',
    params: z.object({ conversationId: ConversationId }),
    body: GiveThumbReason,
    responses: { 204: null },
    limit: often,
    run: async (ctx, { params: { conversationId }, body }) => {
      await giveThumbReason(ctx, { conversationId, reason: body.reason })
      return noContent()
    },
  }),
  ...reports(parts),
  ...trying(parts),
  ...regressions(parts),
]

const reports = (parts: AssistantParts): AnyRoute[] => [
  route({
    method: 'GET',
    path: '/assistant/gaps',
    audience: 'team',
    summary: 'What people asked in vain, each matter once',
    query: GapQuery,
    responses: { 200: GapReport },
    limit: often,
    run: async (ctx, { query }) => ok(await readGaps(ctx, query, parts)),
  }),
  route({
    method: 'GET',
    path: '/assistant/resolution',
    audience: 'team',
    summary: 'How questions ended, by week, article, flow and language',
    query: ResolutionQuery,
    responses: { 200: ResolutionReport },
    run: async (ctx, { query }) => ok(await readResolution(ctx, query, parts)),
  }),
  route({
    method: 'GET',
    path: '/assistant/resolution/file',
    audience: 'team',
    personOnly: true,
    summary: 'The same as CSV (owners and admins)',
    query: ResolutionQuery,
    responses: { 200: null },
    produces: 'text/csv',
    run: async (ctx, { query, reply }) => {
      await sendFile(reply, {
        name: 'clew-resolution.csv',
        type: 'text/csv',
        text: await exportResolution(ctx, query, parts),
      })
      return undefined
    },
  }),
]

const trying = (parts: AssistantParts): AnyRoute[] => [
  route({
    method: 'POST',
    path: '/assistant/playground',
    audience: 'team',
    summary: 'What the assistant would answer, and how that comes about; nothing is stored',
    body: TryMessage,
    responses: { 200: Playground },
    limit: { perMinute: 120 },
    run: async (ctx, { body }) => ok(await tryMessage(ctx, body, parts)),
  }),
  route({
    method: 'GET',
    path: '/assistant/choices',
    audience: 'team',
    summary: 'The articles and flows that an answer may rest on',
    query: z.object({ locale: Locale.default('en') }),
    responses: { 200: AnswerChoices },
    run: async (ctx, { query }) => ok(await readAnswerChoices(ctx, query.locale, parts)),
  }),
]

const regressions = (parts: AssistantParts): AnyRoute[] => [
  route({
    method: 'GET',
    path: '/assistant/regressions',
    audience: 'team',
    summary: 'Answers that were found wrong, with what would have been right',
    responses: { 200: RegressionList },
    run: async (ctx) => ok(await readRegressions(ctx)),
  }),
  route({
    method: 'POST',
    path: '/assistant/regressions',
    audience: 'team',
    summary: 'Keep a wrong answer as a test',
    body: NoteWrongAnswer,
    responses: { 201: Regression },
    limit: often,
    run: async (ctx, { body }) => created(await noteWrongAnswer(ctx, body, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/assistant/regressions/:id',
    audience: 'team',
    summary: 'Keep it no longer',
    params: z.object({ id: z.uuid() }),
    responses: { 204: null },
    run: async (ctx, { params: { id } }) => {
      await dropRegression(ctx, id)
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: '/assistant/regressions/run',
    audience: 'team',
    summary: 'What the assistant does with each of them now',
    responses: { 200: RegressionRun },
    limit: { perMinute: 12 },
    run: async (ctx) => ok(await runRegressions(ctx, parts)),
  }),
  route({
    method: 'GET',
    path: '/assistant/regressions/file',
    audience: 'team',
    personOnly: true,
    summary: 'All of them as JSON lines for `clew assistant eval` (owners and admins)',
    responses: { 200: null },
    produces: 'application/x-ndjson',
    run: async (ctx, { reply }) => {
      const text = await exportRegressions(ctx)
      await sendFile(reply, { name: 'clew-regressions.jsonl', type: 'application/x-ndjson', text })
      return undefined
    },
  }),
]

async function sendFile(
  reply: FastifyReply,
  { name, type, text }: { name: string; type: string; text: string },
): Promise<void> {
  reply.header('content-type', `${type}; charset=utf-8`)
  reply.header('content-disposition', `attachment; filename="${name}"`)
  reply.header('x-content-type-options', 'nosniff')
  await reply.send(text)
}
