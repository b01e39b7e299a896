import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../../../platform/actor.ts'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { isAddressAllowed } from '../../address-list.ts'
import type { Situation } from '../../model.policy-effects.ts'
import type { PolicyParts, Standing } from '../../policy-facts.ts'
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
    standing: once(async () => standingOf(tx, actor, { ids: await ids(), parts })),
    keys: once(() => facts.listKeys(tx, organisationId)),
    links: once(() => facts.listLinks(tx, organisationId)),
    files: once(() => facts.listFiles(tx, { organisationId, since: new Date(now.getTime() - filesSinceMs) })),
    domains: once(() => listDomains(tx, organisationId)),
    invited: once(() => listInvitedAddresses(tx, organisationId)),
    openRequests: once(() => countOpenJoinRequests(tx, organisationId)),
  }
}

type Asked = { ids: readonly MemberId[]; parts: PolicyParts }

/** What people have of their own, and who comes by single sign-on. */
async function standingOf(tx: TxCtx, { organisationId }: MemberActor, { ids, parts }: Asked) {
  const own = await parts.policyFacts.listStanding(tx, ids)
  const standing = new Map(own)
  for (const room of parts.members())
    for (const [id, way] of (await room.waysIn?.(tx, { organisationId, memberIds: ids })) ?? [])
      if (way === 'sso') standing.set(id, { ...none, ...own.get(id), hasSso: true })
  return standing
}

const none: Standing = { hasPassword: false, hasPasskey: false, hasApp: false, hasSso: false }

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}
