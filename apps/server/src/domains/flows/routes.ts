import type { Readable } from 'node:stream'
import {
  AtVersion,
  CreateFlow,
  FlowDetail,
  FlowFile,
  FlowList,
  FlowVersionDocument,
  FlowVersionList,
  ImportFlow,
  PublishFlow,
  ResetFlow,
  RestoreFlow,
  SaveFlow,
} from '@clew/contract/flows'
import { z } from 'zod'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, created, ok, route } from '../../platform/routes.ts'
import type { FlowHolder } from './flow-holder.ts'
import { createFlow } from './use-cases/create-flow.ts'
import { exportFlow, importFlow, inspectFile } from './use-cases/exchange-flow.ts'
import { type CountFlows, listFlows, readFlow, readHistory, readVersion } from './use-cases/list-flows.ts'
import { publishFlow } from './use-cases/publish-flow.ts'
import { resetFlow } from './use-cases/reset-flow.ts'
import { restoreVersion } from './use-cases/restore-version.ts'
import { saveFlow } from './use-cases/save-flow.ts'
import { disableFlow, unpublishFlow } from './use-cases/withdraw-flow.ts'

export type FlowRouteParts = { holder: FlowHolder; count: CountFlows }

const params = z.object({ flowId: z.string().max(80) })
const often = { perMinute: 60 }

export const flowRoutes = (parts: FlowRouteParts): readonly AnyRoute[] => [
  ...reading(parts),
  ...readingFiles(),
  ...writing(parts),
]

const reading = ({ count }: FlowRouteParts): AnyRoute[] => [
  route({
    method: 'GET',
    path: '/flows',
    audience: 'team',
    summary: 'Every flow, with how it is used',
    responses: { 200: FlowList },
    run: async (ctx) => ok(await listFlows(ctx, count)),
  }),
  route({
    method: 'GET',
    path: '/flows/:flowId',
    audience: 'team',
    summary: 'A flow as it was saved last, and as it is live',
    params,
    responses: { 200: FlowDetail },
    run: async (ctx, { params: { flowId } }) => ok(await readFlow(ctx, flowId, count)),
  }),
  route({
    method: 'GET',
    path: '/flows/:flowId/versions',
    audience: 'team',
    summary: 'Who saved which version of a flow',
    params,
    responses: { 200: FlowVersionList },
    run: async (ctx, { params: { flowId } }) => ok(await readHistory(ctx, flowId)),
  }),
  route({
    method: 'GET',
    path: '/flows/:flowId/document',
    audience: 'team',
    summary: 'What one version of a flow says',
    params,
    query: AtVersion,
    responses: { 200: FlowVersionDocument },
    run: async (ctx, { params: { flowId }, query }) => ok(await readVersion(ctx, { flowId, version: query.version })),
  }),
]

const readingFiles = (): AnyRoute[] => [
  route({
    method: 'GET',
    path: '/flows/:flowId/file',
    audience: 'team',
    summary: 'A version of a flow as a YAML file',
    params,
    query: AtVersion,
    responses: { 200: null },
    produces: 'application/yaml',
    run: async (ctx, { params: { flowId }, query, reply }) => {
      const { name, yaml } = await exportFlow(ctx, { flowId, version: query.version })
      reply.header('content-type', 'application/yaml; charset=utf-8')
      reply.header('content-disposition', `attachment; filename="${name}"`)
      reply.header('x-content-type-options', 'nosniff')
      await reply.send(yaml)
      return undefined
    },
  }),
  route({
    method: 'POST',
    path: '/flows/inspect',
    audience: 'team',
    summary: 'What a flow file holds and what is wrong with it; the body is the file itself',
    responses: { 200: FlowFile },
    rawBody: true,
    limit: often,
    run: async (ctx, { request }) => ok(await inspectFile(ctx, request.body as Readable | undefined)),
  }),
]

const writing = (parts: FlowRouteParts): AnyRoute[] => [
  route({
    method: 'POST',
    path: '/flows',
    audience: 'team',
    personOnly: true,
    summary: 'Begin a flow; nobody gets it before it is published',
    body: CreateFlow,
    responses: { 201: FlowDetail },
    limit: often,
    run: async (ctx, { body }) => created(await detail(ctx, (await createFlow(ctx, body)).flowId, parts)),
  }),
  route({
    method: 'POST',
    path: '/flows/import',
    audience: 'team',
    personOnly: true,
    summary: 'Save a flow file; over a flow that is there only with its version',
    query: ImportFlow,
    responses: { 201: FlowDetail },
    rawBody: true,
    limit: often,
    run: async (ctx, { query: { basedOn }, request }) => {
      const body = request.body as Readable | undefined
      return created(await detail(ctx, (await importFlow(ctx, { body, basedOn })).flowId, parts))
    },
  }),
  route({
    method: 'PUT',
    path: '/flows/:flowId',
    audience: 'team',
    personOnly: true,
    summary: 'Save a new version of a flow',
    params,
    body: SaveFlow,
    responses: { 200: FlowDetail },
    limit: often,
    run: async (ctx, { params: { flowId }, body }) => {
      await saveFlow(ctx, { flowId, ...body })
      return ok(await detail(ctx, flowId, parts))
    },
  }),
  ...moving(parts),
]

const moving = (parts: FlowRouteParts): AnyRoute[] => [
  act(parts, {
    verb: 'publish',
    summary: 'Give people the version that was saved last',
    body: PublishFlow,
    run: (ctx, flowId, body) => publishFlow(ctx, { flowId, ...body }, parts.holder),
  }),
  act(parts, {
    verb: 'unpublish',
    summary: 'Let nobody begin a flow; who is in it goes on',
    run: (ctx, flowId) => unpublishFlow(ctx, flowId, parts.holder),
  }),
  act(parts, {
    verb: 'disable',
    summary: 'Stop a flow; who is in it goes to a person',
    run: (ctx, flowId) => disableFlow(ctx, flowId, parts.holder),
  }),
  act(parts, {
    verb: 'restore',
    summary: 'Save an older version as the newest',
    body: RestoreFlow,
    run: (ctx, flowId, body) => restoreVersion(ctx, { flowId, ...body }),
  }),
  act(parts, {
    verb: 'reset',
    summary: 'Save a flow as it ships',
    body: ResetFlow,
    run: (ctx, flowId, body) => resetFlow(ctx, { flowId, ...body }),
  }),
]

const detail = (ctx: Ctx, flowId: string, { count }: FlowRouteParts) => readFlow(ctx, flowId, count)

type Act<B> = {
  verb: string
  summary: string
  body?: z.ZodType<B>
  run(ctx: Ctx, flowId: string, body: B): Promise<void>
}

const act = <B = undefined>(parts: FlowRouteParts, { verb, summary, body, run }: Act<B>): AnyRoute =>
  route({
    method: 'POST',
    path: `/flows/:flowId/${verb}`,
    audience: 'team',
    personOnly: true,
    summary,
    params,
    ...(body ? { body } : {}),
    responses: { 200: FlowDetail },
    limit: often,
    run: async (ctx, { params: { flowId }, body: input }) => {
      await run(ctx, flowId, input as B)
      return ok(await detail(ctx, flowId, parts))
    },
  })
