import type { Connector, LookupCall, LookupFailure, RequestLookup, RequestRecord } from '@clew/contract/connectors'
import type { ContactId, ConversationId } from '@clew/contract/primitives'
import type { Fact } from '@clew/intake'
import { saidInUtc } from './model.ts'

export const mostLookupsOfCase = 10
export const callsPerMinute = 60
export const failuresBeforeRest = 5
export const restMs = 5 * 60_000
/** A lookup that has waited so long will not come by itself: the process that had it is gone. */
export const patienceMs = 2 * 60_000
export const triesOfLookup = 3
export const daysCallsAreKept = 90

const foundForMs = 60 * 60_000
const notFoundForMs = 5 * 60_000

/** Where the installation asks. `claim` state lies beside it, in the same row. */
export type ConnectorRow = {
  version: number
  url: string | undefined
  timeoutMs: number
  sealedSecret: Buffer | undefined
  updatedAt: Date | undefined
  updatedByName: string | undefined
  failures: number
  restsUntil: Date | undefined
}

export const emptyConnector: ConnectorRow = {
  version: 0,
  url: undefined,
  timeoutMs: 5000,
  sealedSecret: undefined,
  updatedAt: undefined,
  updatedByName: undefined,
  failures: 0,
  restsUntil: undefined,
}

/** How asking went. A failure says in one word why, and what status was answered where that was it. */
export type LookupOutcome =
  | { state: 'found'; record: RequestRecord }
  | { state: 'not_found' }
  | { state: 'failed'; failure: LookupFailure; status?: number }

export type LookupRow = {
  id: string
  conversationId: ConversationId
  contactId: ContactId
  requestId: string
  askedByName: string | undefined
  askedAt: Date
  attempts: number
  outcome: LookupOutcome | { state: 'waiting' }
  lookedAt: Date | undefined
}

export type CallRow = Omit<LookupCall, 'at'> & { at: Date }

/** What somebody asked may differ in a moment; that nobody was there to answer is no answer at all. */
export function freshUntil(outcome: LookupOutcome, now: Date): Date | undefined {
  switch (outcome.state) {
    case 'found':
      return new Date(now.getTime() + foundForMs)
    case 'not_found':
      return new Date(now.getTime() + notFoundForMs)
    case 'failed':
      return undefined
  }
}

const passing: ReadonlySet<LookupFailure> = new Set(['unreachable', 'timeout', 'busy'])

/** Whether asking once more may help by itself. */
export const isPassing = (outcome: LookupOutcome): boolean =>
  outcome.state === 'failed' &&
  (passing.has(outcome.failure) || (outcome.failure === 'status' && (outcome.status ?? 0) >= 500))

/** Whether the row may be asked for again: it is at its end, or nobody is at it any more. */
export const mayAskAgain = ({ outcome, askedAt }: Pick<LookupRow, 'outcome' | 'askedAt'>, now: Date): boolean =>
  outcome.state !== 'waiting' || now.getTime() - askedAt.getTime() > patienceMs

/** When the request happened, in the product's own words. The rest of a record is for the agent to read. */
export function factsOfRecord({ at }: RequestRecord, now: Date): Fact[] {
  if (at === undefined) return []
  return [{ field: 'timestamps', value: { said: saidInUtc(at), utc: at }, source: 'log', at: now.toISOString() }]
}

export const wordOf = (outcome: LookupOutcome): LookupCall['outcome'] =>
  outcome.state === 'failed' ? outcome.failure : outcome.state

/** The ids of a case in the order learnt, each with what came of looking it up. */
export function lookupViews(ids: readonly string[], rows: readonly LookupRow[]): RequestLookup[] {
  const byId = new Map(rows.map((row) => [row.requestId, row]))
  return [...new Set([...ids, ...byId.keys()])].map((requestId) => {
    const row = byId.get(requestId)
    return row ? lookupView(row) : { requestId, state: 'none' }
  })
}

function lookupView({ requestId, outcome, lookedAt }: LookupRow): RequestLookup {
  return { requestId, ...outcome, ...(lookedAt === undefined ? {} : { lookedAt: lookedAt.toISOString() }) }
}

type Seen = { row: ConnectorRow; calls: readonly CallRow[]; command: string | undefined; canChange: boolean; now: Date }

export function connectorView({ row, calls, command, canChange, now }: Seen): Connector {
  const rests = row.restsUntil !== undefined && row.restsUntil > now
  return {
    way: command !== undefined ? 'command' : row.url === undefined ? 'off' : 'endpoint',
    timeoutMs: row.timeoutMs,
    hasSecret: row.sealedSecret !== undefined,
    version: row.version,
    canChange,
    calls: calls.map((call) => ({ ...call, at: call.at.toISOString() })),
    ...(row.url === undefined ? {} : { url: row.url }),
    ...(command === undefined ? {} : { command }),
    ...(row.updatedAt === undefined ? {} : { updatedAt: row.updatedAt.toISOString() }),
    ...(row.updatedByName === undefined ? {} : { updatedBy: row.updatedByName }),
    ...(rests && row.restsUntil ? { restsUntil: row.restsUntil.toISOString() } : {}),
  }
}
