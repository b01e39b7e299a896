import type { OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'
import type { TxCtx } from '../../platform/ctx.ts'
import { type Policy, type PolicyChange, policyNow } from './model.ts'
import type { RetentionParts } from './parts.ts'
import { listChanges } from './repository.policies.ts'

export type Policies = {
  of(kind: RetentionClass): Policy
  /** The organisation's own changes. */
  own(kind: RetentionClass): readonly PolicyChange[]
}

/** What holds for an organisation now. */
export async function policiesOf(
  tx: TxCtx,
  { organisationId, team }: { organisationId: OrganisationId; team: OrganisationId },
  { builtIn }: Pick<RetentionParts, 'builtIn'>,
): Promise<Policies> {
  const changes = await listChanges(tx, [...new Set([organisationId, team])])
  const by = (id: OrganisationId, kind: RetentionClass) =>
    changes.filter((each) => each.organisationId === id && each.class === kind)
  const now = tx.clock.now()
  return {
    of: (kind) =>
      policyNow(
        {
          own: by(organisationId, kind),
          team: organisationId === team ? [] : by(team, kind),
          builtIn: builtIn[kind],
        },
        now,
      ),
    own: (kind) => by(organisationId, kind),
  }
}
