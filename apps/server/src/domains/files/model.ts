import type { ContactId, FileId } from '@clew/contract/primitives'

export type FileRow = {
  id: FileId
  contactId: ContactId | undefined
  uploadedBy: string
  name: string
  mediaType: string
  sizeBytes: number
  sha256: string
  storageKey: string
  state: FileState
}

/**
 * Still coming; there but not yet known to be safe to read; before the virus scanner; there; refused by the scanner;
 * deleted.
 */
export type FileState = 'uploading' | 'held' | 'checking' | 'stored' | 'refused' | 'gone'

/** Whether a file is a recording of a browser, by its name or by how it begins. Nobody reads one before it was cleaned. */
export function looksLikeHar(name: string, head: Uint8Array): boolean {
  if (isNamedLikeHar(name)) return true
  const start = new TextDecoder(encodingOf(head)).decode(head)
  return (
    /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(start) ||
    (/^\uFEFF?\s*\{/.test(start) && /"log"\s*:/.test(start) && /"(creator|entries)"\s*:/.test(start))
  )
}

/** Also packed, whatever with. */
export const isNamedLikeHar = (name: string): boolean =>
  /\.har(?:\.(?:json|txt|tar|gz|zip|bz2|xz|br|zst|7z|rar))?(?:\.gz)?$/i.test(name)

/** As its byte order mark says. Some tools of Windows write text so. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

const controlOrBidi = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A name to show: the last part of what was given, without control and direction-changing characters, at most 180
 * characters with the end kept, since that says what it is.
 */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').replaceAll('\\', '/').split('/').at(-1) ?? ''
  const clean = last
    .replaceAll(controlOrBidi, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .trim()
  if (clean === '' || clean === '.' || clean === '..') return 'file'
  const characters = [...clean]
  return characters.length <= 180 ? clean : [...characters.slice(0, 120), '…', ...characters.slice(-59)].join('')
}

/** Only what every browser draws without running anything is shown in the page; all else is a download. */
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'video/mp4', 'video/webm'])
export const isShownInline = (mediaType: string): boolean => inlineTypes.has(mediaType)

const signatures: readonly { type: string; bytes: readonly number[]; at?: number }[] = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', bytes: [0x57, 0x45, 0x42, 0x50], at: 8 },
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46] },
]
const trusted = new Set(['application/json', 'text/plain', 'application/zip'])

/** A film must be claimed and begin as one: other things begin like it, and nobody plays those. */
const films: Readonly<Record<string, { bytes: readonly number[]; at: number }>> = {
  'video/mp4': { bytes: [0x66, 0x74, 0x79, 0x70], at: 4 },
  'video/webm': { bytes: [0x1a, 0x45, 0xdf, 0xa3], at: 0 },
}

/**
 * What the file is by its first bytes. A claim that the bytes do not bear out becomes
 * `application/octet-stream`, so a page dressed up as a picture is never drawn.
 */
export function mediaTypeOf(claimed: string | undefined, head: Uint8Array): string {
  const found = signatures.find(({ bytes, at = 0 }) => bytes.every((byte, i) => head[at + i] === byte))
  if (found) return found.type
  const type = (claimed ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return trusted.has(type) || isFilm(type, head) ? type : 'application/octet-stream'
}

function isFilm(type: string, head: Uint8Array): boolean {
  const film = films[type]
  return film?.bytes.every((byte, i) => head[film.at + i] === byte) ?? false
}

/** Enough to tell what a file is. */
export const headBytes = 4096

/**
 * The one stretch that `Range` asks for (RFC 9110, 14.2). Undefined: all of it; so are several at once, which nobody
 * who plays a film asks for.
 */
export function rangeIn(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '') return last === '' ? undefined : lastBytes(Number(last), size)
  const start = Number(first)
  const end = last === '' ? size : Math.min(size, Number(last) + 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= size ? 'unsatisfiable' : { start, end }
}

const lastBytes = (count: number, size: number): ByteRange | 'unsatisfiable' =>
  count === 0 ? 'unsatisfiable' : { start: Math.max(0, size - count), end: size }

/** From `start` up to, not including, `end`. */
export type ByteRange = { start: number; end: number }

/** `Content-Disposition` for any name (RFC 6266, with the encoding of RFC 8187). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
