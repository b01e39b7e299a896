import {
  AuditStreamList,
  AuditStreamTest,
  CreateAuditStream,
  SavedAuditStream,
  UpdateAuditStream,
} from '@clew/contract/audit-streams'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { AuditParts } from './parts.ts'
import { changeStream, createStream, readStreams, removeStream, testStream } from './use-cases/manage-streams.ts'

const params = z.object({ streamId: z.uuid() })

export const auditStreamRoutes = (parts: AuditParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/audit/streams',
    audience: 'member',
    summary: 'Where events are sent, and how far each stream has come',
    responses: { 200: AuditStreamList },
    run: async (ctx) => ok(await readStreams(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/audit/streams',
    audience: 'member',
    summary: 'Send events somewhere; a secret that signs is in the answer and never shown again',
    body: CreateAuditStream,
    responses: { 201: SavedAuditStream },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => created(await createStream(ctx, body, parts)),
  }),
  route({
    method: 'PUT',
    path: '/console/audit/streams/:streamId',
    audience: 'member',
    summary: 'Change a stream, switch it off, or let it go on after it was refused',
    params,
    body: UpdateAuditStream,
    responses: { 200: SavedAuditStream },
    limit: { perMinute: 30 },
    run: async (ctx, input) => ok(await changeStream(ctx, { ...input.params, ...input.body }, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/console/audit/streams/:streamId',
    audience: 'member',
    summary: 'Remove a stream',
    params,
    responses: { 204: null },
    run: async (ctx, input) => {
      await removeStream(ctx, input.params.streamId)
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: '/console/audit/streams/:streamId/test',
    audience: 'member',
    summary: 'Send one event that is marked as a test',
    params,
    responses: { 200: AuditStreamTest },
    limit: { perMinute: 10 },
    run: async (ctx, input) => ok(await testStream(ctx, input.params.streamId, parts)),
  }),
]
