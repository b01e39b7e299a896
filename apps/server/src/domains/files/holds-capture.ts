import { AppError } from '../../platform/app-error.ts'
import {
  archiveOf,
  type Bytes,
  contentOfMember,
  inflated,
  membersOf,
  piecesIn,
  zipBehind,
} from '../../platform/archives.ts'
import { headBytes, isNamedLikeHar, isShownInline, looksLikeHar, mediaTypeOf } from './model.ts'

/** Of what is packed so much is looked at: an archive may hold a thousand times its size. */
const maxInflatedBytes = 64 << 20
const maxMemberBytes = 8 << 20

export const unreadableArchive = (): AppError => new AppError('file.archive_refused')

/** An archive that cannot be opened here may hold a recording, and nobody would know. */
export function refuseSealed(head: Uint8Array): void {
  if (archiveOf(head) === 'sealed') throw unreadableArchive()
}

/**
 * Whether a file is or holds a recording of a browser: by its name or its beginning, anywhere in its text, or packed. An
 * archive that cannot be looked into is refused. It is read once, a piece at a time.
 */
export async function holdsCapture(name: string, bytes: Bytes): Promise<boolean> {
  const head = await bytes.slice(0, Math.min(bytes.size, headBytes))
  if (looksLikeHar(name, head)) return true
  refuseSealed(head)
  const archive = archiveOf(head)
  if (archive === 'zip') return zipHoldsCapture(bytes)
  const behind = await zipBehind(bytes)
  if (behind !== undefined && (await zipHoldsCapture(behind))) return true
  // A picture or a film is long, and what it says is no text.
  if (isShownInline(mediaTypeOf('video/mp4', head)) || isShownInline(mediaTypeOf('video/webm', head))) return false
  const all = piecesIn(bytes, 0, bytes.size)
  return archive === 'gzip' ? saysCapture(inflated(all, 'gzip'), { bytes: maxInflatedBytes }) : saysCapture(all)
}

type Left = { bytes: number }

/** `depth` is how many archives inside one another are opened, this one not counted. */
async function zipHoldsCapture(zip: Bytes, left: Left = { bytes: maxInflatedBytes }, depth = 2): Promise<boolean> {
  const members = await membersOf(zip)
  if (members === undefined || members.some(({ method }) => method === 'other')) throw unreadableArchive()
  if (members.some(({ name }) => isNamedLikeHar(name))) return true
  for (const member of members) {
    const most = { bytes: Math.min(left.bytes, maxMemberBytes) }
    const before = most.bytes
    if (member.method === 'encrypted') continue
    const content = await contentOfMember(zip, member)
    if (content === undefined) throw unreadableArchive()
    if (await memberHoldsCapture(content, most, depth)) return true
    left.bytes -= before - most.bytes
    if (left.bytes <= 0) return false
  }
  return false
}

/** A member may be packed itself: people put into a zip what was sent to them as one. */
async function memberHoldsCapture(content: AsyncIterable<Uint8Array>, left: Left, depth: number): Promise<boolean> {
  const pieces = content[Symbol.asyncIterator]()
  const first = await pieces.next()
  const all = resumed(first, pieces)
  const archive = first.done ? undefined : archiveOf(first.value)
  if (archive === undefined || archive === 'sealed' || depth === 0) return saysCapture(all, left)
  if (archive === 'gzip') return saysCapture(inflated(all, 'gzip'), left)
  const inner = await inMemory(all, left)
  return inner !== undefined && zipHoldsCapture(inner, left, depth - 1)
}

async function* resumed(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value
  } finally {
    await rest.return?.()
  }
}

/** The directory of a zip is at its end, so all of it has to be there; one that is larger is not opened. */
async function inMemory(content: AsyncIterable<Uint8Array>, left: Left): Promise<Bytes | undefined> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) {
    pieces.push(piece)
    left.bytes -= piece.length
    if (left.bytes <= 0) return undefined
  }
  const whole = Buffer.concat(pieces)
  return { size: whole.length, slice: async (start, end) => whole.subarray(start, end) }
}

/** Behind the end of a piece so much of it is looked at again with the next one. */
const overlap = 256

async function saysCapture(pieces: AsyncIterable<Uint8Array>, left?: Left): Promise<boolean> {
  let before = Buffer.alloc(0)
  for await (const piece of pieces) {
    const both = Buffer.concat([before, piece])
    if (hasEntry(both)) return true
    before = both.subarray(Math.max(0, both.length - overlap))
    if (left !== undefined && (left.bytes -= piece.length) <= 0) break
  }
  return false
}

/** Every request of a recording says when it began, under a name that nothing else uses. */
const key = 'startedDateTime'
const utf16 = Buffer.from(key, 'utf16le')
const plain: readonly Buffer[] = [Buffer.from(key), utf16, Buffer.from(utf16).swap16()]
/** In quotes of any kind, with a date behind it: as JSON, in a string of JSON, in HTML or in an address. */
const quote = String.raw`(?:\\{0,8}["']|&quot;|&#34;|%22)`
const began = new RegExp(String.raw`^${key}${quote}\s{0,32}(?::|%3[aA])(?:\s|%20){0,32}${quote}\d{4}-\d\d`)

/** In base64 the same bytes are written in three ways, as they lie. */
const encoded: readonly Buffer[] = [0, 1, 2].map((shift) => {
  const written = Buffer.from(`${'x'.repeat(shift)}"${key}":`)
    .toString('base64')
    .replaceAll('=', '')
  return Buffer.from(written.slice(shift === 0 ? 0 : shift + 1, -2))
})

function hasEntry(text: Buffer): boolean {
  return plain.some((needle) => beginsEntry(text, needle)) || encoded.some((needle) => text.includes(needle))
}

function beginsEntry(text: Buffer, needle: Buffer): boolean {
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    const said = text.toString('latin1', at, at + overlap).replaceAll('\0', '')
    if (began.test(said)) return true
  }
  return false
}
