import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the OWASP minimum: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** Takes the same time for an account that does not exist, so that nobody learns which do. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await unusableHash()), password.normalize('NFKC'))
  return stored !== undefined && matches
}

export type HashParameters = { type: string; memoryCost: number; timeCost: number; parallelism: number }

/** What a hash says of how it was made. */
export function parametersOf(stored: string): HashParameters | undefined {
  const [, type = '', m, t, p] = /^\$(argon2\w+)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored) ?? []
  return type === '' ? undefined : { type, memoryCost: Number(m), timeCost: Number(t), parallelism: Number(p) }
}

/** Whether a hash was made with less than we ask for today. */
export function isWeak(stored: string): boolean {
  const made = parametersOf(stored)
  return made?.type !== 'argon2id' || made.memoryCost < cost.memoryCost || made.timeCost < cost.timeCost
}

let unusable: Promise<string> | undefined
const unusableHash = (): Promise<string> => {
  unusable ??= hashPassword('no account has this password')
  return unusable
}
