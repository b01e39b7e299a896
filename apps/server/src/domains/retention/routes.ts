import {
  ChangeRetention,
  DryRun,
  ErasePerson,
  ErasurePreview,
  ErasureReceipt,
  HoldList,
  PlaceHold,
  PreviewErasure,
  PreviewRetention,
  ReleaseHold,
  RetentionCertificate,
  RetentionClass,
  RetentionHistory,
  RetentionOverview,
  RetentionPreview,
  RetentionRunList,
} from '@clew/contract/retention'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { RetentionParts } from './parts.ts'
import { runNow } from './use-cases/begin-runs.ts'
import { changeRetention, takeBackRetention } from './use-cases/change-policy.ts'
import { erasePerson, previewErasure } from './use-cases/erase-person.ts'
import { agreeToHold, placeHold, readHolds, releaseHold } from './use-cases/manage-holds.ts'
import { previewRetention, readHistory, readRetention, tryRun } from './use-cases/read-retention.ts'
import { readCertificate, readRuns } from './use-cases/read-runs.ts'

const audience = 'member' as const
const ofClass = z.object({ class: RetentionClass })
const ofHold = z.object({ holdId: z.uuid() })

export const retentionRoutes = (parts: RetentionParts): readonly AnyRoute[] => [
  ...policyRoutes(parts),
  ...runRoutes(parts),
  ...holdRoutes(parts),
  ...erasureRoutes(parts),
]

const policyRoutes = (parts: RetentionParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/retention',
    audience,
    summary: 'How long each kind of data is kept, and how much there is of it',
    responses: { 200: RetentionOverview },
    run: async (ctx) => ok(await readRetention(ctx, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/retention/history',
    audience,
    summary: 'Every change of how long something is kept',
    responses: { 200: RetentionHistory },
    run: async (ctx) => ok(await readHistory(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/retention/preview',
    audience,
    summary: 'What would go if a kind of data were kept for so long',
    body: PreviewRetention,
    responses: { 200: RetentionPreview },
    limit: { perMinute: 60 },
    run: async (ctx, { body }) => ok(await previewRetention(ctx, body, parts)),
  }),
  route({
    method: 'PUT',
    path: '/console/retention/:class',
    audience,
    summary: 'Say how long a kind of data is kept; a shorter time comes into force after seven days',
    params: ofClass,
    body: ChangeRetention,
    responses: { 204: null },
    fresh: true,
    run: async (ctx, { params, body }) => {
      await changeRetention(ctx, { ...body, class: params.class }, parts)
      return noContent()
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/retention/:class/pending',
    audience,
    summary: 'Take back what has not come into force yet',
    params: ofClass,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await takeBackRetention(ctx, params.class, parts)
      return noContent()
    },
  }),
]

const runRoutes = (parts: RetentionParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/retention/dry-run',
    audience,
    summary: 'What a run would delete now; nothing is deleted',
    responses: { 200: DryRun },
    limit: { perMinute: 20 },
    run: async (ctx) => ok(await tryRun(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/retention/runs',
    audience,
    summary: 'Run now instead of at four',
    responses: { 201: z.object({ id: z.uuid() }) },
    fresh: true,
    run: async (ctx) => created(await runNow(ctx, parts)),
  }),
  route({
    method: 'GET',
    path: '/console/retention/runs',
    audience,
    summary: 'The latest runs, with what each deleted',
    responses: { 200: RetentionRunList },
    run: async (ctx) => ok(await readRuns(ctx)),
  }),
  route({
    method: 'GET',
    path: '/console/retention/certificates/:certificateId',
    audience,
    summary: 'The signed certificate of a run or of an erasure',
    params: z.object({ certificateId: z.uuid() }),
    responses: { 200: RetentionCertificate },
    run: async (ctx, { params }) => ok(await readCertificate(ctx, params.certificateId)),
  }),
]

const holdRoutes = (parts: RetentionParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/holds',
    audience,
    summary: 'Legal holds, those that were released included',
    responses: { 200: HoldList },
    run: async (ctx) => ok(await readHolds(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/holds',
    audience,
    summary: 'Place a hold: from then on nothing of it is deleted',
    body: PlaceHold,
    responses: { 201: z.object({ id: z.uuid() }) },
    run: async (ctx, { body }) => created(await placeHold(ctx, body, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/holds/:holdId/agreement',
    audience,
    summary: "Agree to somebody else's hold",
    params: ofHold,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await agreeToHold(ctx, params.holdId, parts)
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: '/console/holds/:holdId/release',
    audience,
    summary: 'Let go; the hold stays on record',
    params: ofHold,
    body: ReleaseHold,
    responses: { 204: null },
    fresh: true,
    run: async (ctx, { params, body }) => {
      await releaseHold(ctx, { id: params.holdId, reason: body.reason }, parts)
      return noContent()
    },
  }),
]

const erasureRoutes = (parts: RetentionParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/erasures/preview',
    audience,
    summary: 'What there is of somebody, and what a hold would keep',
    body: PreviewErasure,
    responses: { 200: ErasurePreview },
    limit: { perMinute: 30 },
    run: async (ctx, { body }) => ok(await previewErasure(ctx, body, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/erasures',
    audience,
    summary: 'Erase somebody for good',
    body: ErasePerson,
    responses: { 201: ErasureReceipt },
    fresh: true,
    run: async (ctx, { body }) => created(await erasePerson(ctx, body, parts)),
  }),
]
