import type { WayIn } from '@clew/contract/members'
import type { MemberKnowledge } from '../../platform/domain.ts'
import { listApiKeysOf } from './repository.api-keys.ts'
import { listSessions } from './repository.ts'
import { readCredentials, type WaysIn } from './use-cases/how-they-sign-in.ts'

/** For the list of members: the best way in that somebody has, and what ends when they go. */
export const signInKnowledge: MemberKnowledge = {
  waysIn: async (tx, { memberIds }) =>
    new Map([...(await readCredentials(tx, memberIds))].map(([id, ways]) => [id, bestOf(ways)])),
  holds: async (tx, memberId) => ({
    sessions: (await listSessions(tx, memberId)).length,
    apiKeys: (await listApiKeysOf(tx, memberId)).length,
  }),
}

function bestOf({ hasPassword, passkeys }: WaysIn): WayIn {
  if (passkeys > 0) return 'passkey'
  return hasPassword ? 'password' : 'not_yet'
}
