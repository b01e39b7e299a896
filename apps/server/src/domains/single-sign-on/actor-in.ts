import type { OrganisationId } from '@clew/contract/primitives'
import type { SsoRemedyName } from '@clew/contract/single-sign-on'
import type { Actor, MemberActor } from '../../platform/actor.ts'
import { permissionsFor } from './model.proposals.ts'

export type Agent = Extract<Actor, { type: 'agent' }>

/**
 * Who an agent is in an organisation for one remedy: in their own who they are there, if that is enough for it; in
 * another, in its scope, somebody who may do this one thing.
 */
export function actorIn(
  organisationId: OrganisationId,
  { remedy, agent }: { remedy: SsoRemedyName; agent: Agent },
): MemberActor | undefined {
  const needed = permissionsFor(remedy)
  const isOwn = agent.organisationId === organisationId
  if (isOwn && !needed.every((each) => agent.permissions.has(each))) return undefined
  return {
    type: 'member',
    id: agent.id as string as MemberActor['id'],
    name: agent.name,
    organisationId,
    ...(isOwn
      ? { role: agent.role, isSupport: true, permissions: agent.permissions }
      : { role: 'custom', isSupport: false, permissions: new Set(needed), isLetIn: true }),
  }
}
