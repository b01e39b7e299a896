import type { DomainList } from '@clew/contract/domains'
import type { Ctx } from '../../../../platform/ctx.ts'
import { authorizeReadDomains, canManageDomains } from '../../policy.domains.ts'
import { countMembersAt, listDomains } from '../../repository.domains.ts'
import { domainView } from '../../views.domains.ts'

/** The organisation's domains, with the record that each needs and what was last seen of it. */
export async function readDomains(ctx: Ctx): Promise<DomainList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeReadDomains(actor)
    const rows = await listDomains(tx, actor.organisationId)
    const members = await countMembersAt(tx, rows)
    const now = tx.clock.now()
    return {
      domains: rows.map((row) => domainView(row, { members: members.get(row.id) ?? 0, now })),
      canManage: canManageDomains(actor),
    }
  })
}
