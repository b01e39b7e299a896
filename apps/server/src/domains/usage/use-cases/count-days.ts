import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Counted, Meter } from '../../../platform/domain.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { type DaySum, dayAfter, dayOf, nobody, startOf, summed } from '../model.ts'
import { authorizeCount } from '../policy.ts'
import { ensureMeters, writeDays } from '../repository.ts'

const dayMs = 86_400_000

/** Counts what Clew itself can count, of today and of the days before that may still change. */
export async function countDays(ctx: Ctx, meters: readonly Meter[]): Promise<void> {
  const now = ctx.clock.now().getTime()
  for (const meter of meters) {
    const days = meter.kind === 'level' ? 1 : (meter.changesFor ?? 2)
    for (let back = days - 1; back >= 0; back -= 1)
      await ctx.transaction((tx) => countDay(tx, meter, dayOf(new Date(now - back * dayMs))))
  }
}

/** The same day again says the same again. */
async function countDay(tx: TxCtx, meter: Meter, day: string): Promise<void> {
  authorizeCount(tx.actor)
  const team = await findSupportTeam(tx)
  const counted = await meter.count(tx, { from: startOf(day), until: startOf(dayAfter(day)) })
  const sums = summed(counted.flatMap((each) => partsOf(each, { meter: meter.name, day, team })))
  const organisations = [...new Set(sums.map(({ organisationId }) => organisationId as OrganisationId))]
  await ensureMeters(
    tx,
    organisations.map((organisationId) => ({ organisationId, meter: meter.name })),
  )
  await writeDays(tx, sums, 'replace')
  for (const organisationId of organisations) tx.emit('usage.counted', { organisationId, meters: [meter.name] })
}

type Place = { meter: string; day: string; team: OrganisationId | undefined }

/** The support team sees all there is: its own, every organisation's, and what is of none. */
function partsOf({ organisationId, memberId, quantity }: Counted, { meter, day, team }: Place): DaySum[] {
  const sum = { meter, day, feature: '', model: '', quantity }
  const own = organisationId === undefined ? [] : [{ ...sum, organisationId, memberId: memberId ?? nobody }]
  const isOfTeam = organisationId === team
  return team === undefined || isOfTeam ? own : [...own, { ...sum, organisationId: team, memberId: nobody }]
}
