import {
  ApproveExport,
  ConsoleExport,
  ConsoleExportList,
  DenyExport,
  ExportLink,
  ExportPolicyChanges,
  ExportPolicyNow,
  ExportPreview,
  ListExports,
  PreviewExport,
  RequestExport,
  SetExportPolicy,
} from '@clew/contract/exports'
import { Empty } from '@clew/contract/primitives'
import { z } from 'zod'
import { keepLink, LinkKey, linkAt } from '../../platform/http/kept-links.ts'
import { type AnyRoute, created, ok, once, route } from '../../platform/routes.ts'
import type { ExportParts } from './parts.ts'
import { approveExport, denyExport } from './use-cases/decide-export.ts'
import { fetchArchive, makeLink } from './use-cases/fetch-archive.ts'
import { listExports, readExport } from './use-cases/list-exports.ts'
import { readPolicy, readPolicyChanges, setPolicy } from './use-cases/manage-policy.ts'
import { previewExport } from './use-cases/plan-export.ts'
import { requestExport } from './use-cases/request-export.ts'
import { cancelExport, retryExport } from './use-cases/stop-export.ts'
import { takeOwnAccount } from './use-cases/take-own-account.ts'

const audience = 'member' as const
const one = z.object({ exportId: z.uuid() })

export const exportRoutes = (parts: ExportParts): readonly AnyRoute[] => [
  ...asking(parts),
  ...deciding(parts),
  ...fetching(parts),
  ...policyRoutes(parts),
  ownAccount(parts),
]

const ownAccount = (parts: ExportParts): AnyRoute =>
  route({
    method: 'POST',
    path: '/console/me/data',
    audience,
    personOnly: true,
    fresh: true,
    summary: 'What is kept of one’s own account, as a file',
    body: Empty,
    responses: { 200: null },
    produces: 'application/json',
    limit: { perMinute: 5 },
    run: async (ctx, { reply }) => {
      const account = await takeOwnAccount(ctx, parts)
      const day = ctx.clock.now().toISOString().slice(0, 10)
      void reply.headers({
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="my-account-${day}.json"`,
        'cache-control': 'private, no-store',
      })
      return ok(account)
    },
  })

const asking = (parts: ExportParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/exports',
    audience,
    summary: 'Exports that were asked for: one’s own, or all for those who approve',
    query: ListExports,
    responses: { 200: ConsoleExportList },
    run: async (ctx, { query }) => ok(await listExports(ctx, query)),
  }),
  route({
    method: 'POST',
    path: '/console/exports/preview',
    audience,
    summary: 'What an export would hold, what is masked in it, and who has to look at it',
    body: PreviewExport,
    responses: { 200: ExportPreview },
    limit: { perMinute: 60 },
    run: async (ctx, { body }) => ok(await previewExport(ctx, body.content, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/exports',
    audience,
    fresh: true,
    summary: 'Ask for an export',
    body: RequestExport,
    responses: { 200: ConsoleExport, 201: ConsoleExport },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => once(await requestExport(ctx, body, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/exports/:exportId',
    audience,
    summary: 'One export',
    params: one,
    responses: { 200: ConsoleExport },
    run: async (ctx, { params }) => ok(await readExport(ctx, params.exportId)),
  }),
]

const deciding = (parts: ExportParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/exports/:exportId/approve',
    audience,
    fresh: true,
    summary: 'Approve an export of somebody else',
    params: one,
    body: ApproveExport,
    responses: { 200: ConsoleExport },
    run: async (ctx, { params, body }) => ok(await approveExport(ctx, { id: params.exportId, ...body }, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/exports/:exportId/deny',
    audience,
    summary: 'Refuse an export of somebody else',
    params: one,
    body: DenyExport,
    responses: { 200: ConsoleExport },
    run: async (ctx, { params, body }) => ok(await denyExport(ctx, { id: params.exportId, ...body }, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/exports/:exportId/cancel',
    audience,
    summary: 'Stop an export, or delete its archive now',
    params: one,
    responses: { 200: ConsoleExport },
    run: async (ctx, { params }) => ok(await cancelExport(ctx, params.exportId)),
  }),
  route({
    method: 'POST',
    path: '/console/exports/:exportId/retry',
    audience,
    summary: 'Try again what could not be made',
    params: one,
    responses: { 200: ConsoleExport },
    run: async (ctx, { params }) => ok(await retryExport(ctx, params.exportId, parts)),
  }),
]

const fetching = (parts: ExportParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/exports/:exportId/link',
    audience,
    fresh: true,
    summary: 'Make a link that opens the archive once; the first one comes with the password',
    params: one,
    responses: { 201: ExportLink },
    run: async (ctx, { params, reply }) => {
      void reply.header('cache-control', 'no-store')
      const { token, ...made } = await makeLink(ctx, params.exportId, parts)
      return created({ url: `/api/v1/console/exports/archive/${keepLink(reply, token)}`, ...made })
    },
  }),
  route({
    method: 'GET',
    path: '/console/exports/archive/:link',
    audience,
    personOnly: true,
    summary: 'The archive, by a link that is used up by it',
    params: z.object({ link: LinkKey }),
    responses: { 200: null },
    produces: 'application/zip',
    run: async (ctx, { params, request, reply }) => {
      // The browser that made it has its token; in the address there is none.
      const link = linkAt(request, params.link, /^[\w-]{43}$/)
      const { row, body } = await fetchArchive(ctx, link?.token ?? '', parts)
      void reply.headers({
        'content-type': 'application/zip',
        'content-length': String(row.sizeBytes),
        'content-disposition': `attachment; filename="export-${row.id}.zip"`,
        'cache-control': 'private, no-store',
        'referrer-policy': 'no-referrer',
      })
      return { status: 200, body }
    },
  }),
]

const policyRoutes = (parts: ExportParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/export-policy',
    audience,
    summary: 'How the organisation lets its data out',
    responses: { 200: ExportPolicyNow },
    run: async (ctx) => ok(await readPolicy(ctx, parts)),
  }),
  route({
    method: 'PUT',
    path: '/console/export-policy',
    audience,
    fresh: true,
    summary: 'Change that',
    body: SetExportPolicy,
    responses: { 200: ExportPolicyNow },
    run: async (ctx, { body }) => ok(await setPolicy(ctx, body, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/export-policy/changes',
    audience,
    summary: 'Who changed it, the newest first',
    responses: { 200: ExportPolicyChanges },
    run: async (ctx) => ok(await readPolicyChanges(ctx)),
  }),
]
