import { createHash } from 'node:crypto'
import { z } from 'zod'
import { personalHash } from './draft.ts'

/** What is kept of one personal piece; without a value it was erased. */
export type KeptPart = { part: string; kept: { salt: Buffer; value: string } | undefined }

/** One event as it lies in the table, or in an export. */
export type Link = { seq: number; body: string; prevHash: Buffer; hash: Buffer; personal: readonly KeptPart[] }

/** How a chain was tampered with. */
export type FaultKind = 'edited' | 'removed' | 'inserted' | 'swapped' | 'truncated' | 'rewritten' | 'checkpoint_forged'

/** The first event that is not as it was. */
export type Fault = { kind: FaultKind; seq: number }

export const noHash: Buffer = Buffer.alloc(32)

export const hashOf = (prevHash: Uint8Array, body: string): Buffer =>
  createHash('sha256').update(prevHash).update(body, 'utf8').digest()

/** What the check needs to know of a body; the rest is for people. */
const Body = z.object({
  seq: z.int(),
  organisation: z.string(),
  recorded_at: z.string(),
  personal: z.record(z.string(), z.string()),
})
export type Body = z.infer<typeof Body>

export function readBody(text: string): Body | undefined {
  try {
    return Body.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Whether the hash is that of the body and what is before it. */
export const isOwnHash = ({ prevHash, body, hash }: Link): boolean => hashOf(prevHash, body).equals(hash)

export type Around = {
  organisation: string
  prevHash: Buffer
  next: Link | undefined
  isFirst: boolean
  /** Looks elsewhere in the chain, which tells one way of tampering from another. */
  linkAt(seq: number): Promise<Link | undefined>
}

/** What is wrong with the link that stands at `expected`, if anything is. */
export async function faultAt(link: Link, expected: number, more: Around): Promise<Fault | undefined> {
  // In a file lines can stand in any order; in a table numbers cannot.
  if (link.seq > expected) return { kind: (await more.linkAt(expected)) ? 'swapped' : 'removed', seq: expected }
  const body = readBody(link.body)
  if (isWell(link, body, { ...more, expected })) return undefined
  const own = body !== undefined && isOwnHash(link) ? body : undefined
  if (own && own.seq > expected && (await standsAt(more, own.seq, expected))) return { kind: 'swapped', seq: expected }
  // The event that belongs here stands one further on: so this one was put before it.
  if (more.next && belongs(more.next, expected, more.prevHash)) return { kind: 'inserted', seq: link.seq }
  return own ? moved(link, own.seq, { ...more, expected }) : { kind: 'edited', seq: expected }
}

type Place = Around & { expected: number }

const isWell = (link: Link, body: Body | undefined, { expected, prevHash, organisation }: Place): boolean =>
  body !== undefined &&
  isOwnHash(link) &&
  body.seq === expected &&
  link.prevHash.equals(prevHash) &&
  body.organisation === organisation &&
  arePartsTrue(link, body)

/** Of one that is sound in itself, and stands where it should not. */
function moved(link: Link, seq: number, { expected, prevHash, isFirst }: Place): Fault {
  if (seq > expected) return { kind: 'removed', seq: expected }
  // It was true one place earlier, so what stands there now is not.
  if (seq < expected) return { kind: 'inserted', seq: expected - 1 }
  if (link.prevHash.equals(prevHash)) return { kind: 'edited', seq: expected }
  // It remembers another hash of the one before it: that one was changed, and hashed anew.
  return isFirst ? { kind: 'removed', seq: expected } : { kind: 'edited', seq: expected - 1 }
}

/** Whether the event with the number `seq` stands at `place`. */
async function standsAt({ linkAt }: Around, place: number, seq: number): Promise<boolean> {
  const there = await linkAt(place)
  return there !== undefined && readBody(there.body)?.seq === seq
}

const belongs = (link: Link, seq: number, prevHash: Buffer): boolean =>
  link.prevHash.equals(prevHash) && isOwnHash(link) && readBody(link.body)?.seq === seq

/** Each piece beside the chain is the one that the chain means, or was erased; none is missing and none is added. */
function arePartsTrue({ personal }: Link, body: Body): boolean {
  if (personal.length !== Object.keys(body.personal).length) return false
  return personal.every(({ part, kept }) => {
    const hash = body.personal[part]
    return hash !== undefined && (kept === undefined || personalHash(kept.salt, kept.value) === hash)
  })
}
