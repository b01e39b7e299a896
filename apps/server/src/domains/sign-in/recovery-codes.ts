import { secretBytes, sha256 } from '../../platform/ids.ts'

// Without the letters that people take for digits, or for each other.
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'
const count = 10
const length = 16

/** Ten codes of 80 random bits, in groups that can be copied by hand. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: count }, () =>
    [...secretBytes(length)]
      .map((byte) => alphabet[byte % alphabet.length] ?? '')
      .join('')
      .replaceAll(/(.{4})(?=.)/g, '$1-'),
  )

/** With so many random bits a plain hash holds: there is nothing to guess. */
export const hashRecoveryCode = (code: string): Buffer =>
  sha256(
    'recovery code',
    code
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1'),
  )
