import type { OrganisationChoice } from '@clew/contract/sign-in'
import type { Ctx } from '../../../platform/ctx.ts'
import type { MemberRow } from '../../organisations/index.ts'
import { factorsOf } from '../factors.ts'
import { authorizeSessions } from '../policy.ts'
import { activeMembers } from './choose-organisation.ts'
import { demandOn } from './own-sign-in.ts'

export type Described = { otherOrganisations: OrganisationChoice[]; secondFactorDueAt: Date | undefined }

/** What a session can be changed over to, and by when its member has to have set up a second factor. */
export async function describeSession(
  ctx: Ctx,
  { member, peers }: { member: MemberRow; peers: readonly string[] },
): Promise<Described> {
  return ctx.transaction(async (tx) => {
    authorizeSessions(tx.actor)
    const others = await activeMembers(tx, peers)
    const { dueAt } = await demandOn(tx, member)
    const isMissing = dueAt !== undefined && (await factorsOf(tx, member.id)).length === 0
    return {
      otherOrganisations: others.map(({ organisationId: id, organisation: { name } }) => ({ id, name })),
      secondFactorDueAt: isMissing ? dueAt : undefined,
    }
  })
}
