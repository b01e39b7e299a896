import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the OWASP minimum: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** Takes the same time for an account that does not exist, so that nobody learns which do. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await unusableHash()), password.normalize('NFKC'))
  return stored !== undefined && matches
}

let unusable: Promise<string> | undefined
const unusableHash = (): Promise<string> => {
  unusable ??= hashPassword('no account has this password')
  return unusable
}
