import type { MemberActor } from '../../../../platform/actor.ts'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { isAddressAllowed } from '../../address-list.ts'
import type { Situation } from '../../model.policy-effects.ts'
import type { PolicyParts } from '../../policy-facts.ts'
import { listDomains } from '../../repository.domains.ts'
import { countOpenJoinRequests, listActiveMembers, listInvitedAddresses } from '../../repository.policies.ts'

const filesSinceMs = 30 * 86_400_000

/** What there is to know of an organisation, each thing asked for once and only where a rule is about it. */
export function situationOf(tx: TxCtx, actor: MemberActor, parts: PolicyParts): Situation {
  const facts = parts.policyFacts
  const { organisationId } = actor
  const now = tx.clock.now()
  const members = once(() => listActiveMembers(tx, organisationId))
  const ids = async () => (await members()).map(({ id }) => id)
  return {
    now,
    you: { id: actor.id, address: tx.origin.address, sessionId: tx.origin.sessionId },
    isAllowed: isAddressAllowed,
    members,
    sessions: once(async () => facts.listSessions(tx, await ids())),
    standing: once(async () => facts.listStanding(tx, await ids())),
    keys: once(() => facts.listKeys(tx, organisationId)),
    links: once(() => facts.listLinks(tx, organisationId)),
    files: once(() => facts.listFiles(tx, { organisationId, since: new Date(now.getTime() - filesSinceMs) })),
    domains: once(() => listDomains(tx, organisationId)),
    invited: once(() => listInvitedAddresses(tx, organisationId)),
    openRequests: once(() => countOpenJoinRequests(tx, organisationId)),
  }
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}
