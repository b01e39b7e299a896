import { listContactIdsOf } from './domains/contacts/index.ts'
import { listFilesFrom } from './domains/files/index.ts'
import { listOpenLinks } from './domains/har/index.ts'
import type { PolicyFacts } from './domains/organisations/index.ts'
import { listOwnStanding, signInFacts } from './domains/sign-in/index.ts'
import { listSsoMembers } from './domains/single-sign-on/index.ts'

/** What the rooms know of an organisation, for telling what one of its rules would do before it is saved. */
export const policyFacts: PolicyFacts = {
  ...signInFacts,
  listStanding: async (tx, memberIds) => {
    const bySso = await listSsoMembers(tx, memberIds)
    const own = await listOwnStanding(tx, memberIds)
    return new Map([...own].map(([id, has]) => [id, { ...has, hasSso: bySso.has(id) }]))
  },
  listLinks: async (tx, organisationId) => listOpenLinks(tx, await listContactIdsOf(tx, organisationId)),
  listFiles: async (tx, { organisationId, since }) =>
    listFilesFrom(tx, await listContactIdsOf(tx, organisationId), since),
}
