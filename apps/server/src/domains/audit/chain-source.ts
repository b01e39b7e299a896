import { createPublicKey } from 'node:crypto'
import type { OrganisationId } from '@clew/contract/primitives'
import type { Ctx } from '../../platform/ctx.ts'
import type { Link } from './chain.ts'
import type { Checkpoint, Head } from './checkpoint.ts'
import { type Copies, readCopies } from './copies.ts'
import { auditSigner } from './keys.ts'
import type { AuditParts } from './parts.ts'
import { findLink, listCheckpoints, listLinks, readHead, readHeadAtEnd } from './repository.ts'
import type { ChainSource } from './verify-chain.ts'

const pageSize = 500

export type From = { seq: number; prevHash: Buffer }

/** An organisation's chain as it lies here, with the checkpoints of both places. `from`: where to begin, if not at its beginning. */
export async function storedChain(
  ctx: Ctx,
  organisationId: OrganisationId,
  { parts, from }: { parts: Pick<AuditParts, 'seal' | 'copies'>; from?: From | undefined },
): Promise<ChainSource> {
  const read = await ctx.transaction(async (tx) => ({
    head: await readHead(tx, organisationId),
    checkpoints: await listCheckpoints(tx, organisationId, { fromSeq: from?.seq ?? 0 }),
    publicKey: createPublicKey((await auditSigner(tx, parts.seal)).publicKey),
    began: (await listLinks(tx, organisationId, { from: 0, limit: 1 }))[0],
  }))
  const head = from ? { ...read.head, firstSeq: from.seq, firstPrevHash: from.prevHash } : read.head
  const copied = from ? [] : await copiesOf(ctx, organisationId, { ...read, copies: parts.copies })
  let atEnd: Head | undefined
  return {
    head,
    headAtEnd: async () => atEnd ?? head,
    links: async function* () {
      atEnd = yield* pages(ctx, organisationId, head.firstSeq)
    },
    linkAt: (seq) => ctx.transaction((tx) => findLink(tx, organisationId, seq)),
    checkpoints: [...read.checkpoints, ...copied],
    publicKey: read.publicKey,
  }
}

type Read = { checkpoints: readonly { at: Date }[]; began: Link | undefined; copies: Copies }

/** Copies of every month since the log began: as the oldest checkpoint says, or the oldest event, whichever is earlier. */
async function copiesOf(
  ctx: Ctx,
  organisationId: OrganisationId,
  { checkpoints, began, copies }: Read,
): Promise<Checkpoint[]> {
  const now = ctx.clock.now()
  const times = [now, ...checkpoints.map(({ at }) => at), ...recordedAt(began)]
  const from = new Date(Math.min(...times.map((at) => at.getTime())) - lookBackMs)
  return readCopies(copies, organisationId, { from, to: now })
}

/** Somebody who drops the oldest checkpoints from the table must not hide their copies with that. */
const lookBackMs = 400 * 86_400_000

function recordedAt(link: Link | undefined): Date[] {
  const at = /"recorded_at":"([^"]+)"/.exec(link?.body ?? '')?.[1]
  return at === undefined || Number.isNaN(Date.parse(at)) ? [] : [new Date(at)]
}

/**
 * Until nothing more is there; an event that is added meanwhile is read too. Ends with the head of that very moment: one
 * read later would tell of events that came after the last page.
 */
async function* pages(ctx: Ctx, organisationId: OrganisationId, firstSeq: number): AsyncGenerator<Link, Head> {
  for (let from = firstSeq; ; ) {
    const links = await ctx.transaction((tx) => listLinks(tx, organisationId, { from, limit: pageSize }))
    yield* links
    from = (links.at(-1)?.seq ?? from - 1) + 1
    const head = await ctx.transaction((tx) => readHeadAtEnd(tx, organisationId, from))
    if (head !== undefined) return head
  }
}
