import type { ContactId, FileId } from '@clew/contract/primitives'

export type UploadRow = {
  id: FileId
  contactId: ContactId
  lengthBytes: number
  receivedBytes: number
  kind: UploadKind
  /** Coming; there; part of a message for good; over. */
  state: 'open' | 'complete' | 'kept' | 'ended'
  expiresAt: Date
}

/** A capture is read by nobody before it was cleaned; a plain file is kept as it came. */
export type UploadKind = 'capture' | 'file'

export type Segment = { startByte: number; sizeBytes: number; storageKey: string }

/** Every so many bytes are stored and acknowledged by themselves: what a cut connection costs at most. */
export const segmentBytes = 2 << 20

/** How many uploads of one contact may be unfinished. */
export const maxUnfinished = 3

/** How many may lie there unread: unfinished, or whole and neither attached nor cleaned yet. */
export const maxUnread = 12

/** How many pieces of one contact may be coming at once. Each holds up to a segment in memory, however slow it is. */
export const maxComing = 8

const dayMs = 86_400_000
/** An upload that nobody goes on with, and a complete one that nobody attaches, is deleted after this time. */
export const keptMs = 3 * dayMs
export const expiryOf = (now: Date): Date => new Date(now.getTime() + keptMs)

const steps = 50
/** Whether this much more is worth telling: at most fifty times for one upload. */
export const isStep = (before: number, after: number, length: number): boolean =>
  Math.floor((before * steps) / length) !== Math.floor((after * steps) / length)

/** `Upload-Metadata` of tus: pairs of a name and a base64 text, with commas between. Undefined when it is not that. */
export function readMetadata(header: string | undefined): Map<string, string> | undefined {
  const pairs = new Map<string, string>()
  if (header === undefined || header.trim() === '') return pairs
  for (const pair of header.split(',')) {
    const [name = '', value = '', ...more] = pair.trim().split(' ')
    if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(name) || more.length > 0 || pairs.has(name)) return undefined
    if (!base64.test(value)) return undefined
    pairs.set(name, textOf(value))
  }
  return pairs
}

/** Whole groups of four and an end with or without its padding: all that `atob` takes. */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

const textOf = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))

export type Checksum = { algorithm: 'sha1' | 'sha256'; value: string }

/** `Upload-Checksum` of tus: the algorithm and the base64 sum. */
export function readChecksum(header: string): Checksum | undefined {
  const [algorithm, value, ...more] = header.trim().split(/ +/)
  const isKnown = algorithm === 'sha1' || algorithm === 'sha256'
  return isKnown && value !== undefined && more.length === 0 ? { algorithm, value } : undefined
}
