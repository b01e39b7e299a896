import type {
  AuditStreamList,
  AuditStreamTest,
  CreateAuditStream,
  SavedAuditStream,
  StreamTarget,
  UpdateAuditStream,
} from '@clew/contract/audit-streams'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import { monotonicMs } from '../../../platform/clock.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { newToken } from '../../../platform/ids.ts'
import { mayCallOutside } from '../../../platform/outward-address.ts'
import type { AuditChange } from '../model.entry.ts'
import { envelopeOf } from '../model.envelope.ts'
import type { AuditParts, StreamOperator } from '../parts.ts'
import { authorizeManage, authorizeRead } from '../policy.ts'
import { recordAudit } from '../record.ts'
import {
  deleteStream,
  insertStream,
  listStreams,
  lockStream,
  type StreamRow,
  updateStream,
} from '../repository.streams.ts'
import { findLink, readHead } from '../repository.ts'
import { send } from '../streams/send.ts'
import { mayReach, syslogAddress } from '../streams/send-syslog.ts'
import { streamView, testEvent } from '../views.streams.ts'
import { eventView } from '../views.ts'
import { secretPlace } from './deliver-stream.ts'

const mostStreams = 5

export async function readStreams(ctx: Ctx): Promise<AuditStreamList> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const rows = await listStreams(tx, tx.actor.organisationId)
    const streams = []
    for (const row of rows) streams.push(await viewOf(tx, row))
    return { streams, canManage: tx.actor.permissions.has('audit.manage'), mostStreams }
  })
}

async function viewOf(tx: TxCtx, row: StreamRow) {
  const head = await readHead(tx, row.organisationId)
  const waiting = row.cursorSeq < head.seq ? await findLink(tx, row.organisationId, row.cursorSeq + 1) : undefined
  const since = waiting && new Date(eventView(waiting).recordedAt)
  return streamView(row, { behind: head.seq - row.cursorSeq, since, now: tx.clock.now() })
}

/** An HTTPS stream gets a secret of ours to sign with; the others bring their own. */
export async function createStream(
  ctx: Ctx,
  input: z.output<typeof CreateAuditStream>,
  parts: AuditParts,
): Promise<SavedAuditStream> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const { organisationId } = tx.actor
    refuseAddress(input.target, parts)
    if ((await listStreams(tx, organisationId)).length >= mostStreams)
      throw new AppError('audit.stream_limit', { count: mostStreams })
    const id = tx.ids.next()
    const secret = secretFor(input.target, input.secret)
    const sealedSecret = secret === undefined ? undefined : parts.seal.seal(secret, secretPlace(id))
    const cursorSeq = input.fromStart ? 0 : (await readHead(tx, organisationId)).seq
    await insertStream(tx, { id, organisationId, name: input.name, target: input.target, sealedSecret, cursorSeq })
    recordAudit(tx, {
      action: 'audit.stream_created',
      targets: [targetOf(id, input.name)],
      metadata: { kind: input.target.kind },
    })
    return { stream: await viewOf(tx, await heldStream(tx, id)), ...shown(input.target, secret) }
  })
}

export async function changeStream(
  ctx: Ctx,
  input: z.output<typeof UpdateAuditStream> & { streamId: string },
  parts: AuditParts,
): Promise<SavedAuditStream> {
  return ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const was = await heldStream(tx, input.streamId)
    if (was.version !== input.version) throw new AppError('audit.stream_conflict')
    refuseAddress(input.target, parts)
    const made = newSecretOf(was, input)
    const sealedSecret = made === undefined ? was.sealedSecret : parts.seal.seal(made, secretPlace(was.id))
    await updateStream(tx, was.id, { ...input, sealedSecret, version: was.version + 1 })
    const changes: AuditChange[] = [
      { field: 'state', old: was.state, new: input.state },
      { field: 'target', old: was.target, new: input.target },
      { field: 'secret', new: made !== undefined },
    ].filter((change) => JSON.stringify(change.old) !== JSON.stringify(change.new) && change.new !== false)
    const isResumed = was.state !== 'active' && input.state === 'active'
    const action = isResumed ? 'audit.stream_resumed' : 'audit.stream_updated'
    recordAudit(tx, { action, targets: [targetOf(was.id, input.name)], changes })
    return { stream: await viewOf(tx, await heldStream(tx, was.id)), ...shown(input.target, made) }
  })
}

export async function removeStream(ctx: Ctx, streamId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const { id, name } = await heldStream(tx, streamId)
    await deleteStream(tx, id)
    recordAudit(tx, { action: 'audit.stream_deleted', targets: [targetOf(id, name)] })
  })
}

/** Sends one event that is marked as a test, now. The stream itself does not move. */
export async function testStream(ctx: Ctx, streamId: string, parts: AuditParts): Promise<AuditStreamTest> {
  const stream = await ctx.transaction(async (tx) => {
    authorizeManage(tx.actor)
    const held = await heldStream(tx, streamId)
    recordAudit(tx, { action: 'audit.stream_tested', targets: [targetOf(held.id, held.name)] })
    return held
  })
  const began = monotonicMs()
  const now = ctx.clock.now()
  const sent = await send(stream.target, {
    streamId,
    organisationId: stream.organisationId,
    events: [envelopeOf(testEvent(stream, { id: ctx.ids.next(), now }))],
    secret: stream.sealedSecret && parts.seal.open(stream.sealedSecret, secretPlace(stream.id)),
    now,
    operator: parts.stream,
  })
  return {
    arrived: sent.failure === undefined,
    ...(sent.failure === undefined ? {} : { failure: sent.failure }),
    ...(sent.status === undefined ? {} : { status: sent.status }),
    durationMs: Math.round(monotonicMs() - began),
  }
}

/** Another organisation's is not there. */
async function heldStream(tx: TxCtx, id: string): Promise<StreamRow> {
  const stream = await lockStream(tx, id)
  if (stream === undefined) throw new AppError('audit.stream_not_found')
  return stream
}

const targetOf = (id: string, name: string) => ({ type: 'audit_stream', id, name })

function secretFor(target: StreamTarget, given: string | undefined): string | undefined {
  if (target.kind === 'https') return newToken()
  if (target.kind === 'syslog') return undefined
  if (given === undefined) throw new AppError('audit.secret_needed')
  return given
}

/** What was given, or a new one of ours. A stream that becomes one of another kind cannot keep its secret. */
function newSecretOf(was: StreamRow, input: z.output<typeof UpdateAuditStream>): string | undefined {
  const isSame = was.target.kind === input.target.kind
  if (input.target.kind === 'https') return input.newSecret || !isSame ? newToken() : undefined
  return isSame && input.secret === undefined ? undefined : secretFor(input.target, input.secret)
}

const shown = ({ kind }: StreamTarget, secret: string | undefined): { secret?: string } =>
  kind === 'https' && secret !== undefined ? { secret } : {}

/** Names are looked up when it sends; what is plainly inside is refused now. */
function refuseAddress(target: StreamTarget, { stream }: AuditParts): void {
  if (!mayLeadTo(target, stream)) throw new AppError('audit.address_refused')
}

function mayLeadTo(target: StreamTarget, operator: StreamOperator): boolean {
  if (target.kind !== 'syslog')
    return mayCallOutside(target.kind === 's3' ? target.endpoint : target.url, operator.hosts)
  const url = syslogAddress(target)
  return url !== undefined && mayReach(url, target, operator)
}
