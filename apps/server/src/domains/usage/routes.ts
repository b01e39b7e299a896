import {
  MeterName,
  NameMeter,
  ReportUsage,
  SetUsageThreshold,
  UsageOverview,
  UsageRange,
  UsageReceipt,
  UsageShares,
  UsageSplit,
  UsageThresholdList,
} from '@clew/contract/usage'
import { z } from 'zod'
import type { Meter } from '../../platform/domain.ts'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { exportUsage } from './use-cases/export-usage.ts'
import { readThresholds, removeThreshold, renameMeter, setThreshold } from './use-cases/manage-usage.ts'
import { readShares, readUsage } from './use-cases/read-usage.ts'
import { type ReportParts, reportUsage } from './use-cases/report-usage.ts'

export type UsageRouteParts = ReportParts & { meters(): readonly Meter[] }

const audience = 'member' as const

export const usageRoutes = (parts: UsageRouteParts): readonly AnyRoute[] => [
  reporting(parts),
  ...reading(parts),
  ...managing,
]

const reporting = (parts: ReportParts): AnyRoute =>
  route({
    method: 'POST',
    path: '/usage',
    audience,
    summary: 'Report what the product has counted, for any organisation; each report counts once for ever',
    body: ReportUsage,
    responses: { 200: UsageReceipt },
    limit: { perMinute: 600 },
    run: async (ctx, { body }) => ok(await reportUsage(ctx, body.reports, parts)),
  })

const reading = ({ meters }: UsageRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/usage',
    audience,
    summary: 'What was used, day by day',
    query: UsageRange,
    responses: { 200: UsageOverview },
    run: async (ctx, { query }) => {
      const levels = new Set<string>(meters().flatMap(({ name, kind }) => (kind === 'level' ? [name] : [])))
      return ok(await readUsage(ctx, query, levels))
    },
  }),
  route({
    method: 'GET',
    path: '/console/usage/meters/:meter/shares',
    audience,
    summary: 'Who used a meter, most first',
    params: z.object({ meter: MeterName }),
    query: z.intersection(UsageRange, z.object({ by: UsageSplit })),
    responses: { 200: UsageShares },
    run: async (ctx, { params, query: { by, ...range } }) =>
      ok(await readShares(ctx, { range, meter: params.meter, by })),
  }),
  route({
    method: 'GET',
    path: '/console/usage.csv',
    audience,
    summary: 'The same as a table',
    query: UsageRange,
    responses: { 200: null },
    produces: 'text/csv',
    run: async (ctx, { query, reply }) => {
      const table = await exportUsage(ctx, query)
      await reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="usage-${query.from}-${query.to}.csv"`)
        .send(table)
      return undefined
    },
  }),
]

const managing: readonly AnyRoute[] = [
  route({
    method: 'PUT',
    path: '/console/usage/meters/:meter',
    audience,
    summary: 'Name a meter',
    params: z.object({ meter: MeterName }),
    body: NameMeter,
    responses: { 204: null },
    run: async (ctx, { params, body }) => {
      await renameMeter(ctx, params.meter, body)
      return noContent()
    },
  }),
  route({
    method: 'GET',
    path: '/console/usage/thresholds',
    audience,
    summary: 'When somebody is told',
    responses: { 200: UsageThresholdList },
    run: async (ctx) => ok(await readThresholds(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/usage/thresholds',
    audience,
    summary: 'Be told when so much was used in a day or a month',
    body: SetUsageThreshold,
    responses: { 201: z.object({ id: z.uuid() }) },
    run: async (ctx, { body }) => created(await setThreshold(ctx, body)),
  }),
  route({
    method: 'DELETE',
    path: '/console/usage/thresholds/:thresholdId',
    audience,
    summary: 'Be told no more',
    params: z.object({ thresholdId: z.uuid() }),
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await removeThreshold(ctx, params.thresholdId)
      return noContent()
    },
  }),
]
