import { z } from 'zod'
import { AgentId, Instant, MemberId, OrganisationId } from './primitives.ts'

export const DomainId = z.uuid().brand<'DomainId'>()
export type DomainId = z.infer<typeof DomainId>

/** What the name servers of a domain last said. */
export const dnsAnswers = [
  'found',
  'none',
  'no_domain',
  'other_text',
  'refused',
  'failed',
  'timeout',
  'no_servers',
] as const
export const DnsAnswer = z.enum(dnsAnswers)
export type DnsAnswer = z.infer<typeof DnsAnswer>

export const domainStates = ['waiting', 'verified', 'lost', 'disputed', 'expired'] as const
export const DomainState = z.enum(domainStates)
export type DomainState = z.infer<typeof DomainState>

/** As it is typed: an address, or a URL, is cut down to its domain by the server. */
export const DomainName = z.string().trim().min(1).max(300)

export const AddDomain = z.strictObject({
  name: DomainName,
  coversSubdomains: z.boolean().default(false),
  joinsByItself: z.boolean().default(false),
})

export const ChangeDomain = z.strictObject({
  coversSubdomains: z.boolean().optional(),
  joinsByItself: z.boolean().optional(),
})

export const OrganisationDomain = z.object({
  id: DomainId,
  /** In ASCII, as name servers know it. */
  name: z.string(),
  /** As people write it. */
  shownName: z.string(),
  state: DomainState,
  coversSubdomains: z.boolean(),
  joinsByItself: z.boolean(),
  /** Where the TXT record belongs, and what it says. */
  record: z.object({ at: z.string(), says: z.string() }),
  createdAt: Instant,
  /** Until when an unproved domain is looked for. */
  offerEndsAt: Instant,
  verifiedAt: Instant.optional(),
  checkedAt: Instant.optional(),
  nextCheckAt: Instant.optional(),
  lastAnswer: DnsAnswer.optional(),
  lostAt: Instant.optional(),
  /** Of a lost one: when it stops counting, and which day of how many this is. */
  stopsCountingAt: Instant.optional(),
  day: z.int().optional(),
  /** Members with an address at it. */
  members: z.int(),
  /** The support team has decided that it stays with another organisation. */
  isKeptByAnother: z.boolean(),
})
export type OrganisationDomain = z.infer<typeof OrganisationDomain>

export const DomainList = z.object({ domains: z.array(OrganisationDomain), canManage: z.boolean() })
export type DomainList = z.infer<typeof DomainList>

/** What taking a domain away would do. */
export const DomainRemoval = z.object({
  members: z.int(),
  /** How many could no longer sign in by SSO. */
  withoutSso: z.int(),
  /** How many joined by this domain alone; they stay. */
  joinsByItself: z.boolean(),
})
export type DomainRemoval = z.infer<typeof DomainRemoval>

export const DomainDispute = z.object({
  id: z.uuid(),
  domain: z.string(),
  provedAt: Instant,
  claimant: z.object({ organisationId: OrganisationId, name: z.string(), members: z.int() }),
  /** None, once the holder has lost it in the meantime. */
  holder: z
    .object({
      organisationId: OrganisationId,
      name: z.string(),
      members: z.int(),
      domain: z.string(),
      verifiedAt: Instant,
      lostAt: Instant.optional(),
    })
    .optional(),
})
export type DomainDispute = z.infer<typeof DomainDispute>

export const DomainDisputeList = z.object({ disputes: z.array(DomainDispute) })
export type DomainDisputeList = z.infer<typeof DomainDisputeList>

export const DecideDispute = z.strictObject({
  decision: z.enum(['moved', 'kept']),
  /** Of a domain that moves: what was asked from addresses on it goes along; otherwise it stays with who has had it. */
  withCases: z.boolean().default(false),
})

/** What happens to one member when the company's domain changes. */
export const DomainMoveAction = z.enum(['move', 'invite', 'leave'])
export type DomainMoveAction = z.infer<typeof DomainMoveAction>

export const DomainMove = z.strictObject({
  memberId: MemberId,
  action: DomainMoveAction,
  email: z.string().trim().max(254),
})
export type DomainMove = z.infer<typeof DomainMove>

export const maxDomainMoves = 5_000

export const PreviewDomainChange = z.strictObject({
  from: DomainName,
  to: DomainName,
  /** What somebody has changed in the table. */
  moves: z.array(DomainMove).max(maxDomainMoves).default([]),
})

export const ApplyDomainChange = z.strictObject({
  from: DomainName,
  to: DomainName,
  moves: z.array(DomainMove).min(1).max(maxDomainMoves),
})

/** By what a new address was found. */
export const domainMoveBases = ['local_part', 'name', 'chosen', 'unmatched', 'managed'] as const
export const domainMoveProblems = ['taken', 'twice', 'invalid', 'elsewhere', 'invited'] as const

export const DomainMovePreview = z.object({
  memberId: MemberId,
  name: z.string(),
  before: z.string(),
  after: z.string(),
  action: DomainMoveAction,
  basis: z.enum(domainMoveBases),
  problem: z.enum(domainMoveProblems).optional(),
  /** Who has the address already. */
  takenBy: z.string().optional(),
})
export type DomainMovePreview = z.infer<typeof DomainMovePreview>

export const DomainChangePreview = z.object({
  from: z.string(),
  to: z.string(),
  isVerified: z.boolean(),
  rows: z.array(DomainMovePreview),
  counts: z.object({ move: z.int(), invite: z.int(), leave: z.int(), problems: z.int() }),
})
export type DomainChangePreview = z.infer<typeof DomainChangePreview>

export const DomainChange = z.object({
  id: z.uuid(),
  from: z.string(),
  to: z.string(),
  moved: z.int(),
  invited: z.int(),
  appliedAt: Instant,
  appliedBy: z.object({ id: AgentId, name: z.string() }).optional(),
  /** Until when the old addresses find their members, and it can be undone. */
  endsAt: Instant,
  undoneAt: Instant.optional(),
})
export type DomainChange = z.infer<typeof DomainChange>

export const DomainChangeList = z.object({ changes: z.array(DomainChange) })
export type DomainChangeList = z.infer<typeof DomainChangeList>
