import {
  archiveOf,
  type Bytes,
  contentOfMember,
  inflated,
  membersOf,
  piecesIn,
  zipBehind,
} from '../../platform/archives.ts'

/** What is unpacked lies in memory until it was cleaned. */
const maxUnpackedBytes = 128 << 20

/**
 * A capture as it was before somebody packed it: gzip, or a zip that holds one file, or one `.har`. The same bytes when
 * nothing was packed; undefined when it cannot be unpacked, or only to more than is taken.
 */
export async function unpacked(source: Bytes): Promise<Bytes | undefined> {
  const archive = archiveOf(await source.slice(0, Math.min(16, source.size)))
  if (archive === 'sealed') return undefined
  const zip = archive === 'zip' ? source : await zipBehind(source)
  if (archive === undefined && zip === undefined) return source
  const content = zip ? await onlyMember(zip) : inflated(piecesIn(source, 0, source.size), 'gzip')
  return content && inMemory(content)
}

async function onlyMember(zip: Bytes): Promise<AsyncIterable<Uint8Array> | undefined> {
  // What a Mac packs beside a file says nothing of it.
  const members = ((await membersOf(zip)) ?? []).filter(({ name }) => !name.startsWith('__MACOSX/'))
  const captures = members.length === 1 ? members : members.filter(({ name }) => /\.har$/i.test(name))
  const [only, ...others] = captures
  return only === undefined || others.length > 0 ? undefined : contentOfMember(zip, only)
}

async function inMemory(content: AsyncIterable<Uint8Array>): Promise<Bytes | undefined> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of content) {
    size += piece.length
    if (size > maxUnpackedBytes) return undefined
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  return size === 0 ? undefined : { size, slice: async (start, end) => whole.subarray(start, end) }
}

/** `a.har.gz` and `a.zip` are `a.har` once they were unpacked. */
export const nameOfUnpacked = (name: string): string =>
  `${name.replace(/\.(?:gz|zip)$/i, '').replace(/\.(?:har|json|txt)$/i, '')}.har`
