import { z } from 'zod'
import { Instant, MemberId } from './primitives.ts'

/** A meter has lower-case words with dots between: `tokens.input`. Those that begin with `clew.` are counted by Clew itself. */
export const MeterName = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/)

const label = (max: number) => z.string().trim().min(1).max(max)

/** One thing to count. The same `id` counts once for ever. */
export const UsageReport = z
  .strictObject({
    id: z.string().min(1).max(200).meta({ description: 'Yours; repeating a report with the same id changes nothing.' }),
    organisation: z.string().min(1).max(63).meta({ description: 'The short name of the organisation.' }),
    meter: MeterName.refine((name) => !name.startsWith('clew.'), { error: 'must not begin with clew.' }),
    quantity: z
      .number()
      .min(-1e12)
      .max(1e12)
      .meta({ description: 'What to add; less than nothing corrects an earlier report.' }),
    at: Instant.meta({ description: 'When it happened; at most 400 days ago.' }),
    member: z.email().max(254).optional().meta({ description: 'The address of the member who used it, if known.' }),
    subject: label(200).optional().meta({ description: 'Who or what it was, where that is no member.' }),
    feature: label(100).optional(),
    model: label(100).optional(),
  })
  .meta({ id: 'UsageReport' })
export type UsageReport = z.infer<typeof UsageReport>

export const ReportUsage = z.strictObject({ reports: z.array(UsageReport).min(1).max(500) })

/** What became of a batch. Nothing of a report that is refused was counted; the others were. */
export const UsageReceipt = z
  .object({
    counted: z.int(),
    repeated: z.int(),
    refused: z.array(
      z.object({
        index: z.int(),
        id: z.string(),
        code: z.enum(['organisation_unknown', 'member_unknown', 'id_reused', 'too_old', 'in_the_future']),
      }),
    ),
  })
  .meta({ id: 'UsageReceipt' })
export type UsageReceipt = z.infer<typeof UsageReceipt>

const Day = z.iso.date()

/** At most two years at once. */
export const UsageRange = z
  .object({ from: Day, to: Day, group: z.uuid().optional() })
  .refine(({ from, to }) => from <= to, { error: 'must not end before it begins', path: ['to'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 731 * 86_400_000, {
    error: 'must not be longer than two years',
    path: ['to'],
  })

export const UsageMeter = z
  .object({
    meter: z.string(),
    name: z.string().optional(),
    unit: z.string().optional(),
    kind: z.enum(['sum', 'level']).meta({ description: '`sum`: days add up. `level`: how much there was that day.' }),
    total: z.number().meta({ description: 'Of all days; of a level, the latest.' }),
    days: z.array(z.object({ day: Day, quantity: z.number() })),
    dayThreshold: z.number().optional(),
    monthThreshold: z.number().optional(),
  })
  .meta({ id: 'UsageMeter' })
export type UsageMeter = z.infer<typeof UsageMeter>

export const UsageOverview = z
  .object({
    meters: z.array(UsageMeter),
    seats: z.object({ used: z.int(), limit: z.int().optional(), active: z.int() }),
    countedAt: Instant.optional(),
  })
  .meta({ id: 'UsageOverview' })
export type UsageOverview = z.infer<typeof UsageOverview>

export const UsageSplit = z.enum(['member', 'group', 'feature', 'model'])
export type UsageSplit = z.infer<typeof UsageSplit>

export const UsageShares = z
  .object({
    shares: z.array(
      z.object({
        key: z.string().meta({ description: 'The id of the member or the group; the feature or the model itself.' }),
        name: z.string().optional(),
        quantity: z.number(),
      }),
    ),
  })
  .meta({ id: 'UsageShares' })
export type UsageShares = z.infer<typeof UsageShares>

export const NameMeter = z.strictObject({ name: label(80).nullable(), unit: label(20).nullable() })

export const UsageThreshold = z
  .object({
    id: z.uuid(),
    meter: z.string(),
    period: z.enum(['day', 'month']),
    quantity: z.number(),
    reached: z.number().meta({ description: 'What was counted in the period that runs.' }),
    createdBy: MemberId.optional(),
  })
  .meta({ id: 'UsageThreshold' })
export type UsageThreshold = z.infer<typeof UsageThreshold>
export const UsageThresholdList = z.object({ thresholds: z.array(UsageThreshold) }).meta({ id: 'UsageThresholdList' })
export type UsageThresholdList = z.infer<typeof UsageThresholdList>

export const SetUsageThreshold = z.strictObject({
  meter: MeterName,
  period: z.enum(['day', 'month']),
  quantity: z.number().positive().max(1e15),
})
