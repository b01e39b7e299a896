import type { ConsoleExport } from '@clew/contract/exports'
import type { MemberId } from '@clew/contract/primitives'
import type { MemberActor } from '../../platform/actor.ts'
import { type ExportRow, isFetchable, isOpen, isWaiting } from './model.ts'

type Seen = { actor: MemberActor; names: ReadonlyMap<MemberId, string>; now: Date }

export function exportView(row: ExportRow, { actor, names, now }: Seen): ConsoleExport {
  const named = (id: MemberId) => ({ id, name: names.get(id) ?? '–' })
  return {
    id: row.id,
    state: row.state,
    content: row.content,
    reason: row.reason,
    requestedBy: named(row.requestedBy),
    requestedAt: row.requestedAt.toISOString(),
    expectedRows: row.expectedRows,
    doneRows: row.doneRows,
    personal: row.personal,
    masks: row.controls.masks,
    approval: row.approval,
    ...instants(row),
    ...(row.decidedBy === undefined ? {} : { decidedBy: named(row.decidedBy) }),
    ...(row.decisionReason === undefined ? {} : { decisionReason: row.decisionReason }),
    ...(row.failure === undefined ? {} : { failure: row.failure }),
    ...(row.sizeBytes === undefined ? {} : { sizeBytes: row.sizeBytes }),
    ...(row.sha256 === undefined ? {} : { sha256: row.sha256.toString('hex') }),
    fetches: row.fetches,
    maxFetches: row.controls.maxFetches,
    may: waysOf(row, actor, now),
  }
}

const moments = ['startsAt', 'decideBy', 'decidedAt', 'readyAt', 'expiresAt', 'endedAt'] as const

const instants = (row: ExportRow): Partial<Record<(typeof moments)[number], string>> =>
  Object.fromEntries(
    moments.flatMap((name) => {
      const at = row[name]
      return at === undefined ? [] : [[name, at.toISOString()]]
    }),
  )

function waysOf(row: ExportRow, actor: MemberActor, now: Date): ConsoleExport['may'] {
  const isOwn = row.requestedBy === actor.id
  const approves = actor.permissions.has('exports.approve')
  const ways: Record<ConsoleExport['may'][number], boolean> = {
    decide: approves && !isOwn && isWaiting(row, now),
    cancel: (isOwn || approves) && (isOpen(row) || lies(row)),
    retry: isOwn && row.state === 'failed' && row.failure === 'not_built',
    fetch: isOwn && isFetchable(row, now),
  }
  return (['decide', 'cancel', 'retry', 'fetch'] as const).filter((way) => ways[way])
}

const lies = ({ state }: ExportRow): boolean => state === 'ready' || state === 'fetched'
