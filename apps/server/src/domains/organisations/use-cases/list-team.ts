import type { MemberList } from '@clew/contract/sessions'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeReadMembers } from '../policy.ts'
import { listAgents } from '../repository.ts'
import { memberView } from '../views.ts'

export async function listTeam(ctx: Ctx): Promise<MemberList> {
  return ctx.transaction(async (tx) => {
    authorizeReadMembers(tx.actor)
    return { members: (await listAgents(tx)).map(memberView) }
  })
}
