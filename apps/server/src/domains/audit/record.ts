import type { OrganisationId } from '@clew/contract/primitives'
import { type Ctx, refuseOther, type TxCtx } from '../../platform/ctx.ts'
import type { Db } from '../../platform/sql.ts'
import { type Draft, draftOf } from './draft.ts'
import type { AuditEntry } from './model.entry.ts'
import { appendDrafts } from './repository.ts'

/** What open transactions have gathered, by organisation. */
const gathered = new WeakMap<Db, Map<OrganisationId, Draft[]>>()

/**
 * Says what was done, in the transaction that does it. It only gathers: the event is written just before the commit, so
 * that the lock of the chain is the last that is taken. What cannot be written fails the transaction.
 */
export function recordAudit(tx: TxCtx, entry: AuditEntry): void {
  const organisationId = entry.organisationId ?? tx.organisationId ?? organisationOf(tx)
  if (organisationId === undefined) throw new Error(`nobody says whose audit log ${entry.action} goes into`)
  refuseOther(tx, organisationId)
  const { actor, origin, requestId } = tx
  const draft = draftOf(entry, { id: tx.ids.next(), now: tx.clock.now(), organisationId, actor, origin, requestId })
  const drafts = draftsOf(tx)
  drafts.set(organisationId, [...(drafts.get(organisationId) ?? []), draft])
}

/** For what was refused or failed, in a transaction of its own: the one that refused is rolled back. */
export async function recordAuditNow(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await ctx.transaction(async (tx) => recordAudit(tx, entry))
}

const organisationOf = ({ actor }: TxCtx): OrganisationId | undefined =>
  'organisationId' in actor ? actor.organisationId : undefined

function draftsOf(tx: TxCtx): Map<OrganisationId, Draft[]> {
  const open = gathered.get(tx.db)
  if (open) return open
  const made = new Map<OrganisationId, Draft[]>()
  gathered.set(tx.db, made)
  tx.beforeCommit(async (last) => {
    gathered.delete(tx.db)
    // Always in the same order, so that two transactions never wait for each other.
    for (const [organisationId, drafts] of [...made].sort(([a], [b]) => a.localeCompare(b))) {
      await appendDrafts(last, organisationId, drafts)
      last.emit('audit.recorded', { organisationId })
    }
  })
  return made
}
