import type { UsageRange } from '@clew/contract/usage'
import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { listGroupMembers } from '../../organisations/index.ts'
import { authorizeReadUsage } from '../policy.ts'
import { listDays, listMeters } from '../repository.ts'

/** The days of every meter as a table, RFC 4180. Names of meters cannot begin a formula. */
export async function exportUsage(ctx: Ctx, { from, to, group }: z.output<typeof UsageRange>): Promise<string> {
  return ctx.transaction(async (tx) => {
    authorizeReadUsage(tx.actor)
    const { organisationId } = tx.actor
    const members = group === undefined ? undefined : await listGroupMembers(tx, organisationId, group)
    const [meters, days] = await Promise.all([
      listMeters(tx, organisationId),
      listDays(tx, organisationId, { from, to, members }),
    ])
    const units = new Map(meters.map(({ meter, unit }) => [meter, unit ?? '']))
    recordAudit(tx, { action: 'usage.exported', targets: [], metadata: { from, to, rows: days.length } })
    return stringify(
      days.map(({ day, meter, quantity }) => [day, meter, quantity, units.get(meter) ?? '']),
      { header: true, columns: ['day', 'meter', 'quantity', 'unit'], escape_formulas: true },
    )
  })
}
