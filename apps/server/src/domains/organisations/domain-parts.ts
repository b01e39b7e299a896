import type { ProveDomain } from './domain-prover.ts'
import type { InviteSettings } from './invitation-letters.ts'
import type { KnowledgeParts } from './knowledge.ts'

/** What domains need from outside of this room. */
export type DomainParts = InviteSettings & KnowledgeParts & { prove: ProveDomain }
