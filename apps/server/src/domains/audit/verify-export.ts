import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Fault, isOwnHash, type Link, noHash, readBody } from './chain.ts'
import { type Head, readCheckpoint, type Statement } from './checkpoint.ts'
import { personalHash } from './draft.ts'
import { ExportLine, linkOf } from './export-lines.ts'
import { type Verdict, verifyChain } from './verify-chain.ts'

type ExportVerdict = { organisationId: string; isFiltered: boolean; hasOwnKey: boolean } & (
  | { isFiltered: false; verdict: Verdict }
  | { isFiltered: true; count: number; fault: Fault | undefined }
)

/** The lines of a file, from the beginning each time it is asked. */
type Lines = () => AsyncIterable<string>

/** Checks an export without a server. Undefined when it is none. Without a key, the one in the file is believed. */
export async function verifyExport(lines: Lines, key?: KeyObject): Promise<ExportVerdict | undefined> {
  const ends = await readEnds(lines)
  if (ends.head === undefined) return undefined
  const { organisation, is_filtered: isFiltered, public_key } = ends.head
  const publicKey = key ?? createPublicKey(public_key)
  const said = { organisationId: organisation, hasOwnKey: key === undefined }
  const statement = ends.checkpoint && readCheckpoint(ends.checkpoint, publicKey)
  if (isFiltered) return { ...said, isFiltered, ...(await verifyEach(lines, statement)) }
  const head = headOf(organisation, statement)
  const verdict = await verifyChain(
    {
      head,
      headAtEnd: async () => (statement ? head : { ...head, ...(await lastOf(lines)) }),
      links: () => linksIn(lines),
      linkAt: (seq) => find(lines, seq),
      checkpoints: ends.checkpoint ? [ends.checkpoint] : [],
      publicKey,
    },
    { isPart: true },
  )
  // Without what was signed at its end, nobody can tell whether that is its end.
  const fault =
    verdict.fault ?? (ends.checkpoint ? undefined : { kind: 'truncated' as const, seq: verdict.lastSeq + 1 })
  return { ...said, isFiltered, verdict: { ...verdict, fault } }
}

function headOf(organisationId: string, statement: Statement | undefined): Head {
  if (statement === undefined) return { organisationId, seq: 0, hash: noHash, firstSeq: 1, firstPrevHash: noHash }
  const { seq, hash, first } = statement
  return {
    organisationId,
    seq,
    hash: Buffer.from(hash, 'hex'),
    firstSeq: first.seq,
    firstPrevHash: Buffer.from(first.prev_hash, 'hex'),
  }
}

async function readEnds(lines: Lines) {
  let head: Extract<ExportLine, { type: 'export' }> | undefined
  let checkpoint: Extract<ExportLine, { type: 'checkpoint' }> | undefined
  for await (const line of lines()) {
    const read = readLine(line)
    if (head === undefined && read?.type !== 'export') return { head, checkpoint }
    if (read?.type === 'export') head ??= read
    if (read?.type === 'checkpoint') checkpoint = read
  }
  return { head, checkpoint }
}

function readLine(text: string): ExportLine | undefined {
  try {
    return ExportLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** A line that cannot be read stands for an event that somebody has spoilt. */
async function* linksIn(lines: Lines): AsyncGenerator<Link> {
  let seq = 0
  for await (const text of lines()) {
    if (text.trim() === '') continue
    const line = readLine(text)
    if (line?.type === 'export' || line?.type === 'checkpoint') continue
    const link = line ? linkOf(line) : { seq: seq + 1, body: '', prevHash: noHash, hash: noHash, personal: [] }
    seq = link.seq
    yield link
  }
}

async function find(lines: Lines, seq: number): Promise<Link | undefined> {
  for await (const link of linksIn(lines)) if (link.seq === seq) return link
  return undefined
}

async function lastOf(lines: Lines): Promise<{ seq: number; hash: Buffer }> {
  let last = { seq: 0, hash: noHash }
  for await (const { seq, hash } of linksIn(lines)) last = { seq, hash }
  return last
}

/** Of an export with gaps: each event by itself, and those that follow each other. */
async function verifyEach(
  lines: Lines,
  statement: Statement | undefined,
): Promise<{ count: number; fault: Fault | undefined }> {
  let count = 0
  let before: Link | undefined
  for await (const link of linksIn(lines)) {
    const fault = faultAfter(before, link)
    if (fault) return { count, fault }
    before = link
    count += 1
  }
  return { count, fault: statement ? undefined : { kind: 'checkpoint_forged', seq: before?.seq ?? 0 } }
}

function faultAfter(before: Link | undefined, link: Link): Fault | undefined {
  if (before && link.seq <= before.seq) return { kind: 'swapped', seq: link.seq }
  const isLinked = before?.seq !== link.seq - 1 || link.prevHash.equals(before.hash)
  return isTrue(link) && isLinked ? undefined : { kind: 'edited', seq: link.seq }
}

function isTrue(link: Link): boolean {
  const personal = readBody(link.body)?.personal
  return (
    personal !== undefined &&
    isOwnHash(link) &&
    link.personal.every(
      ({ part, kept }) => kept === undefined || personalHash(kept.salt, kept.value) === personal[part],
    )
  )
}
