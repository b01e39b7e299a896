import { createHmac, timingSafeEqual } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { CaptureLinkRow } from './model.links.ts'

/** Argon2id with the OWASP minimum, as for members. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashLinkPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)
export const isLinkPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, password.normalize('NFKC'))

const keptMs = 60 * 60_000

/** What a browser keeps for an hour after it gave the password; it ends when the password or the link does. */
export function proofOf(link: CaptureLinkRow, now: Date): string {
  const until = String(now.getTime() + keptMs)
  return `${until}.${seal(link, until)}`
}

export function isProof(link: CaptureLinkRow, proof: string | undefined, now: Date): boolean {
  const [until = '', sealed = ''] = (proof ?? '').split('.')
  if (!/^\d{1,15}$/.test(until) || Number(until) < now.getTime()) return false
  const [said, wanted] = [Buffer.from(sealed), Buffer.from(seal(link, until))]
  return said.length === wanted.length && timingSafeEqual(said, wanted)
}

// The stored hash is salted and leaves the database for nobody, so it is a secret of this link.
const seal = ({ id, passwordHash = '' }: CaptureLinkRow, until: string): string =>
  createHmac('sha256', passwordHash).update(`${id}.${until}`).digest('base64url')
