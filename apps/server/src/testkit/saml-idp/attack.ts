import type { RefusalReason } from '../../domains/single-sign-on/saml/refusal.ts'
import type { ResponseInput, SamlConnection } from '../../domains/single-sign-on/saml/subjects.ts'
import type { SamlIdp } from './idp.ts'

/** A message that must be refused, and the one reason for which. */
export type Attack = Readonly<{
  name: string
  reason: RefusalReason
  forge: (idp: SamlIdp) => string | Buffer
  /** What the service provider expects differently from usual. */
  expects?: (idp: SamlIdp) => Partial<SamlConnection> & Partial<ResponseInput>
}>

/** Whom the forgers would like to be. */
export const victim = 'owner@customer.example'
