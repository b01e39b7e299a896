import { Readable } from 'node:stream'
import {
  AuditActorList,
  AuditCheck,
  AuditEventDetail,
  AuditEventList,
  AuditEventPage,
  AuditOverview,
  ExportAudit,
  ListAuditEvents,
} from '@clew/contract/audit'
import { z } from 'zod'
import { type AnyRoute, ok, route } from '../../platform/routes.ts'
import type { AuditParts } from './parts.ts'
import { exportLog } from './use-cases/export-log.ts'
import { listEvents, listRecent, listWhoActed, readEvent, readOverview } from './use-cases/read-log.ts'
import { verifyNow } from './use-cases/verify-now.ts'

export const auditRoutes = (parts: AuditParts): readonly AnyRoute[] => [...readRoutes, ...actRoutes(parts)]

const readRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/audit/events',
    audience: 'member',
    summary: 'Search the audit log, the newest first',
    query: ListAuditEvents,
    responses: { 200: AuditEventPage },
    run: async (ctx, { query }) => ok(await listEvents(ctx, query)),
  }),
  route({
    method: 'GET',
    path: '/console/audit/events/:seq',
    audience: 'member',
    summary: 'One event, and where it stands in the chain',
    params: z.object({ seq: z.coerce.number().int().min(1) }),
    responses: { 200: AuditEventDetail },
    run: async (ctx, { params }) => ok(await readEvent(ctx, params.seq)),
  }),
  route({
    method: 'GET',
    path: '/console/audit/recent',
    audience: 'member',
    summary: 'The last twenty events',
    responses: { 200: AuditEventList },
    run: async (ctx) => ok(await listRecent(ctx)),
  }),
  route({
    method: 'GET',
    path: '/console/audit/actors',
    audience: 'member',
    summary: 'Who acted within a year',
    responses: { 200: AuditActorList },
    run: async (ctx) => ok(await listWhoActed(ctx)),
  }),
]

const actRoutes = (parts: AuditParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/audit',
    audience: 'member',
    summary: 'How the audit log stands: how much is in it, its last check, what was signed',
    responses: { 200: AuditOverview },
    run: async (ctx) => ok(await readOverview(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/audit/verify',
    audience: 'member',
    summary: 'Walk the chain from its beginning',
    responses: { 200: AuditCheck },
    limit: { perMinute: 6 },
    run: async (ctx) => ok(await verifyNow(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/audit/exports',
    audience: 'member',
    summary: 'Write the log out: JSON lines that can be checked without us, CSV, or OCSF',
    body: ExportAudit,
    responses: { 200: null },
    produces: 'application/octet-stream',
    limit: { perMinute: 10 },
    run: async (ctx, { body, reply }) => {
      const written = await exportLog(ctx, body, parts)
      void reply.headers({
        'content-type': written.mediaType,
        'content-disposition': `attachment; filename="${written.name}"`,
        'cache-control': 'private, no-store',
      })
      return { status: 200, body: Readable.from(written.body, { objectMode: false }) }
    },
  }),
]
