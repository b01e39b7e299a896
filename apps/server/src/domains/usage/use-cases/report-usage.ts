import type { MemberId, OrganisationId } from '@clew/contract/primitives'
import type { UsageReceipt, UsageReport } from '@clew/contract/usage'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listMemberIdsByEmail, listOrganisationIds } from '../../organisations/index.ts'
import { contentHash } from '../content-hash.ts'
import { dayOf, nobody, summed, untimely } from '../model.ts'
import { authorizeReportUsage } from '../policy.ts'
import { ensureMeters, insertRecords, listHashes, type RecordRow, recordKey, writeDays } from '../repository.ts'

export type ReportParts = { asSystem(ctx: Ctx, job: string): Ctx }

/**
 * Counts what the operator's product reports, of any organisation. Each report counts once for ever; what is wrong with
 * one is said of that one, and the others count.
 */
export async function reportUsage(
  ctx: Ctx,
  reports: readonly UsageReport[],
  { asSystem }: ReportParts,
): Promise<UsageReceipt> {
  authorizeReportUsage(ctx.actor)
  return asSystem(ctx, 'usage.report').transaction(async (tx) => {
    const { records, refused } = await readReports(tx, reports)
    const stored = await insertRecords(
      tx,
      records.map(({ record }) => record),
    )
    const fresh = records.filter(({ record }) => stored.delete(recordKey(record.organisationId, record.reportId)))
    const again = records.filter((each) => !fresh.includes(each))
    const known = await listHashes(
      tx,
      again.map(({ record }) => record),
    )
    const reused = again.filter(
      ({ record }) => known.get(recordKey(record.organisationId, record.reportId))?.equals(record.contentHash) !== true,
    )
    await count(
      tx,
      fresh.map(({ record }) => record),
    )
    return {
      counted: fresh.length,
      repeated: again.length - reused.length,
      refused: [
        ...refused,
        ...reused.map(({ index, record }) => ({ index, id: record.reportId, code: 'id_reused' as const })),
      ].sort((a, b) => a.index - b.index),
    }
  })
}

type Read = { index: number; record: RecordRow }
type Refused = UsageReceipt['refused'][number]

async function readReports(
  tx: TxCtx,
  reports: readonly UsageReport[],
): Promise<{ records: Read[]; refused: Refused[] }> {
  const organisations = await listOrganisationIds(tx, [...new Set(reports.map(({ organisation }) => organisation))])
  const members = await listMemberIdsByEmail(
    tx,
    [...organisations.values()],
    [...new Set(reports.flatMap(({ member }) => member ?? []))],
  )
  const records: Read[] = []
  const refused: Refused[] = []
  for (const [index, report] of reports.entries()) {
    const organisationId = organisations.get(report.organisation)
    const at = new Date(report.at)
    const memberId =
      report.member === undefined ? undefined : members.get(`${organisationId} ${report.member.toLowerCase()}`)
    const code =
      organisationId === undefined
        ? ('organisation_unknown' as const)
        : report.member !== undefined && memberId === undefined
          ? ('member_unknown' as const)
          : untimely(at, tx.clock.now())
    if (code !== undefined || organisationId === undefined) {
      refused.push({ index, id: report.id, code: code ?? 'organisation_unknown' })
      continue
    }
    records.push({ index, record: recordOf(report, { organisationId, memberId, at }) })
  }
  return { records, refused }
}

type Place = { organisationId: OrganisationId; memberId: MemberId | undefined; at: Date }

const recordOf = (report: UsageReport, { organisationId, memberId, at }: Place): RecordRow => ({
  organisationId,
  reportId: report.id,
  contentHash: contentHash(report),
  meter: report.meter,
  quantity: report.quantity,
  at,
  memberId,
  subject: report.subject,
  feature: report.feature,
  model: report.model,
})

async function count(tx: TxCtx, records: readonly RecordRow[]): Promise<void> {
  const sums = summed(
    records.map((each) => ({
      organisationId: each.organisationId,
      meter: each.meter,
      day: dayOf(each.at),
      memberId: each.memberId ?? nobody,
      feature: each.feature ?? '',
      model: each.model ?? '',
      quantity: each.quantity,
    })),
  )
  const metersOf = new Map<OrganisationId, Set<string>>()
  for (const { organisationId, meter } of records)
    metersOf.set(organisationId, (metersOf.get(organisationId) ?? new Set()).add(meter))
  await ensureMeters(
    tx,
    [...metersOf].flatMap(([organisationId, meters]) => [...meters].map((meter) => ({ organisationId, meter }))),
  )
  await writeDays(tx, sums, 'add')
  for (const [organisationId, meters] of metersOf)
    tx.emit('usage.counted', { organisationId, meters: [...meters].sort((a, b) => a.localeCompare(b)) })
}
