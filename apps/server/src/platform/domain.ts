import type { EventName, EventPayload } from '@clew/contract/events'
import type { WayIn } from '@clew/contract/members'
import type { ContactId, ConversationId, MemberId, OrganisationId } from '@clew/contract/primitives'
import type { RealtimeChange } from '@clew/contract/realtime'
import type { StayReason } from '@clew/contract/retention'
import type { FastifyInstance } from 'fastify'
import type { TxCtx } from './ctx.ts'
import type { Job } from './jobs.ts'
import type { Keeping } from './keeping.ts'
import type { AnyRoute } from './routes.ts'

/** What a room does when something happened elsewhere. Runs after commit, in the transaction that moves its place. */
export type Subscriber = {
  name: string
  on: EventName
  /** Whether this one is of any concern. Without it all are. */
  when?(payload: never): boolean
  /**
   * It is in no hurry and holds no rows of others: its events are taken a little later and many at a time, in one
   * transaction in which all are begun together.
   */
  gathers?: boolean
  run(tx: TxCtx, payload: never): Promise<void>
}

type Reaction<N extends EventName> = (tx: TxCtx, payload: EventPayload<N>) => Promise<void>

export function subscriber<N extends EventName>(
  name: string,
  on: N,
  does: Reaction<N> | { when(payload: EventPayload<N>): boolean; gathers?: boolean; run: Reaction<N> },
): Subscriber {
  return typeof does === 'function' ? { name, on, run: does } : { name, on, ...does }
}

/** Who hears of a change: the team unless it concerns the contact alone, and the contact unless it is internal. */
export type Heard = {
  change: RealtimeChange
  contact: boolean
  team?: false
  /** What the contact hears instead, where the team may know more. */
  toContact?: RealtimeChange
}

/** How an event becomes something clients see. Loads for a whole batch at once; the answer follows the payloads' order. */
export type Push = {
  on: EventName
  load(tx: TxCtx, payloads: readonly never[]): Promise<readonly (Heard | undefined)[]>
}

export function push<N extends EventName>(
  on: N,
  load: (tx: TxCtx, payloads: readonly EventPayload<N>[]) => Promise<readonly (Heard | undefined)[]>,
): Push {
  return { on, load }
}

/** How much of somebody a room held. */
export type Held = { conversations?: number; messages?: number; files?: number; captures?: number }

/** Somebody of an organisation who is to be erased: as a colleague, as who asked, and their addresses. */
export type Person = {
  organisationId: OrganisationId
  memberIds: readonly MemberId[]
  contactIds: readonly ContactId[]
  addresses: readonly string[]
}

/** What a room does not delete of somebody, and why; until then, where it ends by itself. */
export type Stays = { why: StayReason; until?: Date }

/** What a room does with what it holds of people. All of it in the scope of the system, in the caller's transaction. */
export type People = {
  /** Gives what is of one contact to another, who has turned out to be the same person. */
  join?(tx: TxCtx, pair: { from: ContactId; to: ContactId }): Promise<void>
  /** How much there is of a contact. */
  count?(tx: TxCtx, contactId: ContactId): Promise<Held>
  /** Deletes all there is of a contact. Answers with what lies in the store and has to go once this has happened. */
  forget(tx: TxCtx, contactId: ContactId): Promise<readonly string[]>
  /** The same for one conversation. */
  forgetConversation?(tx: TxCtx, conversationId: ConversationId): Promise<readonly string[]>
  /** Takes the name of somebody of an organisation, who has left it, off what stays. Answers how many places that were. */
  forgetMember?(tx: TxCtx, memberId: MemberId): Promise<number>
  /** What is not deleted of somebody who is erased. Said before, and in the certificate. */
  keeps?(tx: TxCtx, person: Person): Promise<readonly Stays[]>
}

/** How much a member holds that ends or changes hands when they go. */
export type HeldByMember = { openConversations: number; apiKeys: number; sessions: number }

/** Some members of one organisation, or all of them. */
export type MembersOf = { organisationId: OrganisationId; memberIds: readonly MemberId[] }

/**
 * What a room knows of an organisation's members, for those who look after them. Asked in the scope of the system, so
 * each answer is limited to the organisation by the room itself.
 */
export type MemberKnowledge = {
  /** How they sign in. Of two rooms that know, the later one has the last word. */
  waysIn?(tx: TxCtx, of: MembersOf): Promise<ReadonlyMap<MemberId, WayIn>>
  /** The names of connections that look after members and groups, by their id. */
  connections?(tx: TxCtx, organisationId: OrganisationId): Promise<ReadonlyMap<string, string>>
  /** The names of connections that give people this role. */
  givesRole?(tx: TxCtx, role: { organisationId: OrganisationId; customRoleId: string }): Promise<readonly string[]>
  holds?(tx: TxCtx, memberId: MemberId): Promise<Partial<HeldByMember>>
}

/** How much of something there was, or came to be, for an organisation; for one of its members, where that is known. */
export type Counted = { organisationId: OrganisationId | undefined; memberId?: MemberId; quantity: number }

/** Something that a room can count of a day. All of it in the scope of the system. */
export type Meter = {
  name: `clew.${string}`
  /** `sum`: days add up. `level`: how much there is at the end of the day. */
  kind: 'sum' | 'level'
  /** For how many days the figure of a day may still change; two, unless it is said. */
  changesFor?: number
  count(tx: TxCtx, day: { from: Date; until: Date }): Promise<readonly Counted[]>
}

/** One room of the house: what it offers to the outside. */
export type Domain = {
  name: string
  routes?: readonly AnyRoute[]
  subscribers?: readonly Subscriber[]
  jobs?: readonly Job[]
  realtime?: readonly Push[]
  people?: People
  meters?: readonly Meter[]
  keeping?: readonly Keeping[]
  /** Which of these places in the store are its own, for who looks for what belongs to nobody. In the scope of the system. */
  storedKeys?(tx: TxCtx, keys: readonly string[]): Promise<readonly string[]>
  /** What it serves outside the API, in its own words: a protocol of others. `limitFactor` multiplies its limits. */
  mount?(app: FastifyInstance, options: { limitFactor: number }): Promise<void>
  members?: MemberKnowledge
  /** Runs before any room starts: what others read while they start. */
  open?(): Promise<void>
  /** Runs once before the server listens, side by side with the other rooms. */
  start?(): Promise<void>
  stop?(): Promise<void>
}
