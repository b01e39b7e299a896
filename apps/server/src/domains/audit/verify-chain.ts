import type { KeyObject } from 'node:crypto'
import { type Fault, faultAt, type Link, noHash, readBody } from './chain.ts'
import { type Checkpoint, type Head, readCheckpoint, type Statement, statementOf } from './checkpoint.ts'

/** What the check reads, from a database or from a file. */
export type ChainSource = {
  head: Head
  /** In the order of their numbers. */
  links(): AsyncIterable<Link>
  /** The head of the moment in which the links ended, since events are added meanwhile. */
  headAtEnd(): Promise<Head>
  linkAt(seq: number): Promise<Link | undefined>
  /** From every place where they are kept. */
  checkpoints: readonly Checkpoint[]
  publicKey: KeyObject
}

export type Verdict = {
  firstSeq: number
  lastSeq: number
  lastHash: Buffer
  count: number
  /** When the first event that is there was recorded. */
  since: string | undefined
  checkpoints: number
  lastCheckpoint: { seq: number; at: string } | undefined
  /** How many pieces about people were erased. */
  erased: number
  fault: Fault | undefined
}

/**
 * Walks a chain from its beginning and says whether it is as it was written; else, the first event that is not, and how.
 * `isPart`: what comes before the source's beginning was looked at earlier, or is not in the file.
 */
export async function verifyChain(source: ChainSource, { isPart = false } = {}): Promise<Verdict> {
  const { organisationId } = source.head
  const signed = readAll(source)
  const begins = beginningOf(signed.statements)
  const verdict: Verdict = {
    firstSeq: source.head.firstSeq,
    lastSeq: source.head.firstSeq - 1,
    lastHash: source.head.firstPrevHash,
    count: 0,
    since: undefined,
    checkpoints: signed.statements.length,
    lastCheckpoint: signed.statements.map(({ seq, at }) => ({ seq, at })).at(-1),
    erased: 0,
    fault: undefined,
  }
  const end = (fault: Fault | undefined): Verdict => ({ ...verdict, fault })
  // A chain begins with its first event, or where a signed checkpoint says that the older ones were dropped.
  if (!isPart && (source.head.firstSeq !== begins.seq || !source.head.firstPrevHash.equals(begins.prevHash)))
    return end({ kind: 'removed', seq: begins.seq })

  const walk = new Walk(source, signed.statements, organisationId)
  const fault = await walk.run(verdict)
  return end(fault ?? walk.faultAtEnd(verdict, await source.headAtEnd()) ?? signed.forged)
}

function readAll({ checkpoints, publicKey, head }: ChainSource) {
  const statements: Statement[] = []
  let forged: Fault | undefined
  for (const checkpoint of new Map(checkpoints.map((each) => [each.statement + each.signature, each])).values()) {
    const statement = readCheckpoint(checkpoint, publicKey)
    if (statement?.organisation === head.organisationId) statements.push(statement)
    else forged ??= { kind: 'checkpoint_forged', seq: statementOf(checkpoint.statement)?.seq ?? 0 }
  }
  return { statements: statements.sort((a, b) => a.seq - b.seq || a.at.localeCompare(b.at)), forged }
}

/** Only what a retention run signed can move the beginning. */
function beginningOf(statements: readonly Statement[]): { seq: number; prevHash: Buffer } {
  const moved = statements.filter(({ reason }) => reason === 'retention')
  const last = moved.reduce<Statement | undefined>((a, b) => (a && a.first.seq > b.first.seq ? a : b), undefined)
  return last
    ? { seq: last.first.seq, prevHash: Buffer.from(last.first.prev_hash, 'hex') }
    : { seq: 1, prevHash: noHash }
}

class Walk {
  readonly #source: ChainSource
  readonly #organisation: string
  readonly #signed = new Map<number, Set<string>>()
  readonly #lastSigned: number
  /** Up to here what was signed agrees. */
  #agreed: number
  #prevHash: Buffer
  #last: Link | undefined
  #differs: Fault | undefined

  constructor(source: ChainSource, statements: readonly Statement[], organisation: string) {
    this.#source = source
    this.#organisation = organisation
    this.#agreed = source.head.firstSeq - 1
    this.#prevHash = source.head.firstPrevHash
    this.#lastSigned = statements.at(-1)?.seq ?? 0
    for (const { seq, hash } of statements) this.#signed.set(seq, (this.#signed.get(seq) ?? new Set()).add(hash))
  }

  /** Adds up what is there in `verdict`. */
  async run(verdict: Verdict): Promise<Fault | undefined> {
    let waiting: Link | undefined
    for await (const link of this.#source.links()) {
      const fault = waiting && (await this.#take(waiting, link, verdict))
      if (fault) return fault
      waiting = link
    }
    return waiting && this.#take(waiting, undefined, verdict)
  }

  async #take(link: Link, next: Link | undefined, verdict: Verdict): Promise<Fault | undefined> {
    const expected = verdict.lastSeq + 1
    const { head } = this.#source
    const fault = await faultAt(link, expected, {
      prevHash: this.#prevHash,
      next,
      isFirst: expected === head.firstSeq,
      organisation: this.#organisation,
      linkAt: (seq) => this.#source.linkAt(seq),
    })
    // Where the link itself is well, what was signed before tells of a chain that was written anew.
    if (fault) return this.#differs && fault.seq >= expected ? this.#differs : fault
    if (this.#differs) return this.#differs
    this.#compare(link)
    this.#prevHash = link.hash
    this.#last = link
    verdict.since ??= readBody(link.body)?.recorded_at
    verdict.lastSeq = expected
    verdict.lastHash = link.hash
    verdict.count += 1
    verdict.erased += link.personal.filter(({ kept }) => kept === undefined).length
    return undefined
  }

  /** With the next link it turns out whether this one alone was changed, or all that follows too. */
  #compare({ seq, hash }: Link): void {
    const signed = this.#signed.get(seq)
    if (signed === undefined) return
    if (signed.size === 1 && signed.has(hash.toString('hex'))) this.#agreed = seq
    else this.#differs = { kind: 'rewritten', seq: this.#agreed + 1 }
  }

  faultAtEnd({ lastSeq }: Verdict, head: Head): Fault | undefined {
    const isHead = this.#last === undefined || this.#last.hash.equals(head.hash)
    if (this.#differs) return lastSeq === head.seq && !isHead ? { kind: 'edited', seq: lastSeq } : this.#differs
    if (lastSeq < Math.max(head.seq, this.#lastSigned)) return { kind: 'truncated', seq: lastSeq + 1 }
    if (lastSeq > head.seq) return { kind: 'inserted', seq: head.seq + 1 }
    return isHead ? undefined : { kind: 'edited', seq: lastSeq }
  }
}
