import type { TxCtx } from '../../platform/ctx.ts'
import { findMember, isActive, type MemberRow } from '../organisations/index.ts'
import { type ExportRow, permissionsFor } from './model.ts'

/** Whoever asked, if they are still there and may still have it. */
export async function requesterOf(tx: TxCtx, row: ExportRow): Promise<MemberRow | undefined> {
  const member = await findMember(tx, row.requestedBy)
  if (!member || member.organisationId !== row.organisationId || !isActive(member, tx.clock.now())) return undefined
  const needed = ['exports.request', ...permissionsFor(row.content)] as const
  return needed.every((permission) => member.permissions.has(permission)) ? member : undefined
}
