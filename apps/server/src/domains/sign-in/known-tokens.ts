import type { AgentId, OrganisationId } from '@clew/contract/primitives'
import { monotonicMs } from '../../platform/clock.ts'
import type { NewsOf } from '../../platform/database.ts'
import type { MemberRow, PoliciesNow } from '../organisations/index.ts'
import type { StoredSession } from './repository.ts'

export type TokenOwner = { id: AgentId; organisationId: OrganisationId }

/** All by which a session is judged, as it stands in the database. */
export type FoundSession = { session?: StoredSession; member?: MemberRow; policies?: PoliciesNow }

/**
 * How long what was read of a token counts without being asked for again. A page of the workspace asks for half a dozen
 * things at once. Whatever changes it is heard of at once, so only a process that hears nothing of the others for a while
 * lets somebody in so much longer.
 */
const lastsMs = 1_000
const maxKnown = 10_000

/**
 * What this process knows of tokens, by their hashes: whose each is, for ever, since a token never changes hands; and for a
 * moment what was read of it. Whether that still lasts is judged with each request.
 */
export class KnownTokens {
  readonly #owners = new Map<string, TokenOwner>()
  readonly #found = new Map<string, { found: FoundSession; readAt: number }>()
  /** Rises with each change, by which a reading that began before it is known. */
  #changes = 0

  /** `find` reads it, faster when it is known whose it is. */
  async read(hash: Buffer, find: (owner: TokenOwner | undefined) => Promise<FoundSession>): Promise<FoundSession> {
    const key = hash.toString('base64')
    const known = this.#found.get(key)
    const now = monotonicMs()
    if (known !== undefined && now - known.readAt < lastsMs) return known.found
    const changes = this.#changes
    const found = await find(this.#owners.get(key))
    this.#found.delete(key)
    if (found.session === undefined || found.member === undefined) return found
    if (this.#owners.size >= maxKnown) this.#owners.clear()
    this.#owners.set(key, { id: found.member.id, organisationId: found.member.organisationId })
    // One that was replaced counts for requests under way, and not for long.
    if (changes !== this.#changes || found.session.isReplaced) return found
    if (this.#found.size >= maxKnown) this.#found.clear()
    this.#found.set(key, { found, readAt: now })
    return found
  }

  /** Something has changed by which sessions are judged, or may have. */
  forget(): void {
    this.#changes += 1
    this.#found.clear()
  }
}

const judging = ['agent_sessions', 'members', 'organisations', 'custom_roles', 'security_policies']
const changing = new RegExp(`\\b(?:insert\\s+into|update|delete\\s+from)\\s+"?(?:${judging.join('|')})\\b`, 'i')

/** Whether a statement may change what `FoundSession` holds. */
export const newsOfIdentity: NewsOf = (text) => (changing.test(text) ? 'identity' : undefined)
