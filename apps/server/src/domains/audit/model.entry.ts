import type { AuditAction } from '@clew/contract/audit-actions'
import type { OrganisationId } from '@clew/contract/primitives'

/** What an event can hold. What is undefined is left out. */
export type AuditValue =
  | null
  | undefined
  | boolean
  | number
  | string
  | readonly AuditValue[]
  | { readonly [name: string]: AuditValue }

/** Something that an event is about. Its name is kept beside the chain, since it may be a person's. */
export type AuditTarget = { type: string; id: string; name?: string }

/** One field before and after. A `personal` value is kept beside the chain; a secret has no place here at all. */
export type AuditChange = { field: string; old?: AuditValue; new?: AuditValue; personal?: boolean }

/** What a use-case says of what it did. Who did it, when and from where is taken from the transaction. */
export type AuditEntry = {
  action: AuditAction
  targets?: readonly AuditTarget[]
  changes?: readonly AuditChange[]
  /** Facts without anything personal in them. */
  metadata?: Readonly<Record<string, AuditValue>>
  /** Facts that name a person, such as an address that was tried. They are erased with the first target. */
  personal?: Readonly<Record<string, string>>
  outcome?: 'success' | 'failure' | 'denied'
  /** Why it failed or was refused, as a code. */
  reason?: string
  /** Who did it, where the transaction acts for somebody: a person who is only signing in, a connection. */
  actor?: { type: string; id?: string; name?: string }
  /** Whose log it goes into, where that is not the organisation of whoever acts. */
  organisationId?: OrganisationId
  /** When it happened, where that was earlier. */
  occurredAt?: Date
}
