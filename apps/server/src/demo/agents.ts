import { addMember, ensureSupportTeam, findMemberByEmail } from '../domains/organisations/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { AgentKey } from './scenario.ts'

export type AgentActor = Extract<Actor, { type: 'agent' }>
export type Team = Record<AgentKey, AgentActor>

const people: Record<AgentKey, { name: string; email: string }> = {
  eleni: { name: 'Eleni Karra', email: 'eleni.karra@demo-team.example' },
  marcus: { name: 'Marcus Dale', email: 'marcus.dale@demo-team.example' },
  sofia: { name: 'Sofia Lind', email: 'sofia.lind@demo-team.example' },
}

/** The three agents of the demo, made if need be. They have no password, so nobody signs in as them. */
export async function gatherTeam(ctx: Ctx, teamName: string): Promise<Team> {
  return ctx.transaction(async (tx) => {
    const organisationId = await ensureSupportTeam(tx, teamName)
    const join = async ({ name, email }: { name: string; email: string }): Promise<AgentActor> => {
      const known = await findMemberByEmail(tx, organisationId, email)
      const { id, role, permissions } = known ?? (await addMember(tx, { organisationId, name, email, role: 'agent' }))
      return { type: 'agent', id, name, role, organisationId, permissions }
    }
    return { eleni: await join(people.eleni), marcus: await join(people.marcus), sofia: await join(people.sofia) }
  })
}
