import { type Ctx, refuseOther, type TxCtx } from '../../../platform/ctx.ts'
import { envelopeOf } from '../model.envelope.ts'
import { isPausing, nextTryIn, type Sent } from '../model.stream.ts'
import type { AuditParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { recordAudit } from '../record.ts'
import { leaseStream, lockStream, noteDelivered, noteFailed, type StreamRow } from '../repository.streams.ts'
import { listLinks, type StoredLink } from '../repository.ts'
import { send } from '../streams/send.ts'
import { eventView } from '../views.ts'

const batchSize = 100
const batchesAtOnce = 50
/** Longer than any batch takes; after it another process may send. */
const leaseMs = 60_000

export const secretPlace = (streamId: string): string => `audit stream ${streamId}`

/**
 * Sends what a stream has not sent yet, in order and batch by batch. A batch that fails is sent again, so a receiver
 * gets each event at least once and knows it by its id. The call itself lies between two short transactions.
 */
export async function deliverStream(ctx: Ctx, streamId: string, parts: AuditParts): Promise<void> {
  authorizeSystem(ctx.actor)
  let work = await ctx.transaction((tx) => claim(tx, streamId))
  for (let done = 1; work !== undefined; done += 1) {
    const { stream, links } = work
    const sent = await sendBatch(ctx, work, parts)
    const mayGoOn = done < batchesAtOnce
    work = await ctx.transaction((tx) => noteSent(tx, stream, { sent, links, mayGoOn, parts }))
  }
}

type Work = { stream: StreamRow; links: StoredLink[] }

/** Nothing when it is not due, somebody else sends, or there is nothing to send. */
async function claim(tx: TxCtx, streamId: string): Promise<Work | undefined> {
  const stream = await lockStream(tx, streamId)
  refuseOther(tx, stream?.organisationId)
  const now = tx.clock.now()
  if (stream?.state !== 'active' || stream.nextTryAt > now) return undefined
  if (stream.leasedUntil !== undefined && stream.leasedUntil > now) return undefined
  return nextBatch(tx, stream)
}

/** Holds the stream for the batch, or lets go of it. The row is locked, so nobody slips in between. */
async function nextBatch(tx: TxCtx, stream: StreamRow): Promise<Work | undefined> {
  const links = await listLinks(tx, stream.organisationId, { from: stream.cursorSeq + 1, limit: batchSize })
  const until = links.length === 0 ? undefined : new Date(tx.clock.now().getTime() + leaseMs)
  await leaseStream(tx, stream.id, until)
  return until && { stream, links }
}

function sendBatch(ctx: Ctx, { stream, links }: Work, parts: AuditParts): Promise<Sent> {
  return send(stream.target, {
    streamId: stream.id,
    organisationId: stream.organisationId,
    events: links.map((link) => envelopeOf(eventView(link))),
    secret: stream.sealedSecret && parts.seal.open(stream.sealedSecret, secretPlace(stream.id)),
    now: ctx.clock.now(),
    operator: parts.stream,
  })
}

type Outcome = { sent: Sent; links: readonly StoredLink[]; mayGoOn: boolean; parts: AuditParts }

async function noteSent(
  tx: TxCtx,
  was: StreamRow,
  { sent, links, mayGoOn, parts }: Outcome,
): Promise<Work | undefined> {
  const stream = await lockStream(tx, was.id)
  if (stream === undefined) return undefined
  if (sent.failure !== undefined) {
    await noteFailure(tx, stream, { sent, parts })
    return undefined
  }
  const cursorSeq = links.at(-1)?.seq ?? stream.cursorSeq
  await noteDelivered(tx, stream.id, cursorSeq)
  const now = { ...stream, cursorSeq }
  if (stream.state === 'active' && mayGoOn) return nextBatch(tx, now)
  await leaseStream(tx, stream.id, undefined)
  if (stream.state === 'active')
    await parts.jobs.send(tx, {
      name: 'audit.deliver',
      input: { streamId: stream.id, organisationId: stream.organisationId },
    })
  return undefined
}

async function noteFailure(
  tx: TxCtx,
  stream: StreamRow,
  { sent, parts }: Pick<Outcome, 'sent' | 'parts'>,
): Promise<void> {
  const failure = sent.failure ?? 'refused'
  const attempts = stream.attempts + 1
  const isPaused = isPausing(failure)
  const waitMs = nextTryIn(attempts, sent.retryAfterMs)
  const nextTryAt = new Date(tx.clock.now().getTime() + waitMs)
  // Somebody may have switched it off meanwhile.
  if (stream.state !== 'active') return leaseStream(tx, stream.id, undefined)
  await noteFailed(tx, stream.id, { state: isPaused ? 'paused' : 'active', attempts, failure, nextTryAt })
  // Once for a row of failures, else the log would be full of them.
  if (attempts === 1 || isPaused) {
    const targets = [{ type: 'audit_stream', id: stream.id, name: stream.name }]
    const metadata = sent.status === undefined ? {} : { status: sent.status }
    const { organisationId } = stream
    recordAudit(tx, {
      action: 'audit.stream_failed',
      outcome: 'failure',
      reason: failure,
      targets,
      metadata,
      organisationId,
    })
  }
  if (isPaused) return
  const startAfterSeconds = Math.ceil(waitMs / 1000)
  await parts.jobs.send(tx, {
    name: 'audit.deliver',
    input: { streamId: stream.id, organisationId: stream.organisationId },
    startAfterSeconds,
  })
}
