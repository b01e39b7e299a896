import type { ContactId, ConversationId, OrganisationId } from '@clew/contract/primitives'
import type { RetentionClass } from '@clew/contract/retention'
import type { TxCtx } from './ctx.ts'

/** Whose rows: an organisation's own. The support team's are also those that belong to nobody. */
export type Owner = { organisationId: OrganisationId; isSupport: boolean }

/** What one hold keeps: everything, or what is about these. Without `since` however old it is. */
export type HoldTerm = {
  since: Date | undefined
  everything: boolean
  contactIds: readonly string[]
  conversationIds: readonly string[]
  memberIds: readonly string[]
}

export type KeepingOf = { owner: Owner; holds: readonly HoldTerm[] }

export type Amount = { count: number; bytes: number }

/** What there is of a kind. `due` is what is older than `before` and held by nobody. */
export type Survey = {
  all: Amount
  held: Amount
  due: Amount
  dueHeld: Amount
  oldest: Date | undefined
  /** How many there are of each age; the last bar is of all that is older. */
  bars: { count: number; held: number }[]
  /** The conversations that what is due belongs to. */
  conversationIds: ConversationId[]
}

export type SurveyOf = KeepingOf & { before: Date | undefined; bucketDays: number }

/** What went. `ids` of what has one; `keys` is what lies in the store and goes once this has happened. */
export type Purged = Amount & {
  ids: readonly string[]
  keys: readonly string[]
  /** Whom it was of, where nothing may be left of them now. */
  contactIds?: readonly ContactId[]
  note?: string
}

export type PurgeOf = KeepingOf & {
  before: Date
  limit: number
  /** Deletes a conversation in every room, and answers what lies in the store. */
  forgetConversation(conversationId: ConversationId): Promise<readonly string[]>
}

/**
 * A kind of data that a room keeps for as long as an organisation says. All of it in the scope of the system. Whoever
 * purges holds the lock of the holds, so what the room leaves out as held stays for sure.
 */
export type Keeping = {
  class: RetentionClass
  survey(tx: TxCtx, of: SurveyOf): Promise<Survey>
  /** Deletes the oldest that are due, no more than `limit`. Less than that was all. */
  purge(tx: TxCtx, of: PurgeOf): Promise<Purged>
}
