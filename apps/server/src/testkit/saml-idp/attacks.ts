import type { ResponseInput } from '../../domains/single-sign-on/saml/subjects.ts'
import type { Attack } from './attack.ts'
import { claimsAttacks } from './attacks.claims.ts'
import { encryptionAttacks } from './attacks.encryption.ts'
import { parserAttacks } from './attacks.parser.ts'
import { signatureAttacks } from './attacks.signature.ts'
import { wrappingAttacks } from './attacks.wrapping.ts'
import { samlIdp } from './idp.ts'

export const attacks: readonly Attack[] = [
  ...wrappingAttacks,
  ...signatureAttacks,
  ...parserAttacks,
  ...claimsAttacks,
  ...encryptionAttacks,
]

const forged = new Map<Attack, ResponseInput>()

/** What arrives in this attack; forged once in a worker, for signing costs more than refusing. */
export function arrivalOf(attack: Attack): ResponseInput {
  const idp = samlIdp()
  const arrival = forged.get(attack) ?? idp.input(attack.forge(idp), attack.expects?.(idp))
  forged.set(attack, arrival)
  return arrival
}
