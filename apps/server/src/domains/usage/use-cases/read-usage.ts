import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { UsageMeter, UsageOverview, UsageRange, UsageShares, UsageSplit } from '@clew/contract/usage'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { countSeats, listGroupMembers, listGroups, listMemberNames } from '../../organisations/index.ts'
import { authorizeReadUsage } from '../policy.ts'
import { listThresholds, type ThresholdRow } from '../repository.thresholds.ts'
import { type DayRange, lastCounted, listDays, listMeters, listShares, type MeterRow } from '../repository.ts'

type Range = z.output<typeof UsageRange>
export type LevelMeters = ReadonlySet<string>

/** Every meter of the organisation, day by day. */
export async function readUsage(ctx: Ctx, range: Range, levels: LevelMeters): Promise<UsageOverview> {
  return ctx.transaction(async (tx) => {
    authorizeReadUsage(tx.actor)
    const { organisationId } = tx.actor
    const days = await daysOf(tx, organisationId, range)
    const [meters, counted, thresholds, seats, countedAt] = await Promise.all([
      listMeters(tx, organisationId),
      listDays(tx, organisationId, days),
      listThresholds(tx, organisationId),
      countSeats(tx, organisationId),
      lastCounted(tx, organisationId),
    ])
    return {
      meters: meters.map((meter) => meterView(meter, { counted, thresholds, levels })),
      seats,
      ...(countedAt === undefined ? {} : { countedAt: countedAt.toISOString() }),
    }
  })
}

async function daysOf(tx: TxCtx, organisationId: OrganisationId, { from, to, group }: Range): Promise<DayRange> {
  return group === undefined ? { from, to } : { from, to, members: await listGroupMembers(tx, organisationId, group) }
}

type Known = {
  counted: readonly { meter: string; day: string; quantity: number }[]
  thresholds: readonly ThresholdRow[]
  levels: LevelMeters
}

function meterView({ meter, name, unit }: MeterRow, { counted, thresholds, levels }: Known): UsageMeter {
  const days = counted.filter((each) => each.meter === meter).map(({ day, quantity }) => ({ day, quantity }))
  const kind = levels.has(meter) ? 'level' : 'sum'
  const of = (period: 'day' | 'month') =>
    thresholds.find((each) => each.meter === meter && each.period === period)?.quantity
  const [dayThreshold, monthThreshold] = [of('day'), of('month')]
  return {
    meter,
    kind,
    days,
    total: kind === 'sum' ? days.reduce((sum, { quantity }) => sum + quantity, 0) : (days.at(-1)?.quantity ?? 0),
    ...(name === undefined ? {} : { name }),
    ...(unit === undefined ? {} : { unit }),
    ...(dayThreshold === undefined ? {} : { dayThreshold }),
    ...(monthThreshold === undefined ? {} : { monthThreshold }),
  }
}

type Asked = { range: Range; meter: string; by: UsageSplit }

/** Who used a meter: by member, group, feature or model. Somebody in two groups counts in both. */
export async function readShares(ctx: Ctx, { range, meter, by }: Asked): Promise<UsageShares> {
  return ctx.transaction(async (tx) => {
    authorizeReadUsage(tx.actor)
    const { organisationId } = tx.actor
    if (!(await listMeters(tx, organisationId)).some((each) => each.meter === meter))
      throw new AppError('usage.meter_not_found')
    const days = await daysOf(tx, organisationId, range)
    if (by === 'feature' || by === 'model')
      return { shares: await listShares(tx, organisationId, { ...days, meter, by }) }
    const members = await listShares(tx, organisationId, { ...days, meter, by: 'member' })
    return { shares: by === 'member' ? await named(tx, members) : await byGroup(tx, organisationId, members) }
  })
}

type Share = { key: string; quantity: number }

async function named(tx: TxCtx, shares: readonly Share[]): Promise<UsageShares['shares']> {
  const names = await listMemberNames(
    tx,
    shares.map(({ key }) => key as MemberId),
  )
  return shares.map((share) => {
    const name = names.get(share.key as MemberId)
    return name === undefined ? share : { ...share, name }
  })
}

async function byGroup(
  tx: TxCtx,
  organisationId: OrganisationId,
  shares: readonly Share[],
): Promise<UsageShares['shares']> {
  const groups = await listGroups(tx, organisationId)
  const sums = await Promise.all(
    groups.map(async ({ id, name }) => {
      const members = new Set<string>(await listGroupMembers(tx, organisationId, id))
      return {
        key: id,
        name,
        quantity: shares.filter(({ key }) => members.has(key)).reduce((sum, { quantity }) => sum + quantity, 0),
      }
    }),
  )
  return sums.filter(({ quantity }) => quantity !== 0).sort((a, b) => b.quantity - a.quantity)
}
