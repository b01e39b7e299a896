import type { LookupCall } from '@clew/contract/connectors'
import { monotonicMs } from '../../platform/clock.ts'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import { findSupportTeam } from '../organisations/index.ts'
import { askLogs, type Endpoint, type LookupOperator } from './ask-logs.ts'
import {
  type ConnectorRow,
  callsPerMinute,
  failuresBeforeRest,
  type LookupOutcome,
  restMs,
  wordOf,
} from './model.connector.ts'
import {
  type Held,
  insertCall,
  lockConnector,
  readConnectorRow,
  setFailures,
  setMinute,
} from './repository.connector.ts'

export type ConnectorParts = {
  seal: TextSeal
  operator: LookupOperator
  jobs: Jobs
  /** The tables of lookups lie out of reach of the team's own scope. */
  asSystem(ctx: Ctx, job: string): Ctx
}

/** What the secret of the endpoint is sealed for. */
export const secretPlace = 'request connector'

export const isOn = (row: ConnectorRow, { operator }: Pick<ConnectorParts, 'operator'>): boolean =>
  operator.command !== undefined || (row.url !== undefined && row.sealedSecret !== undefined)

export const isConnected = async (tx: TxCtx, parts: Pick<ConnectorParts, 'operator'>): Promise<boolean> =>
  isOn(await readConnectorRow(tx), parts)

export type Consulting = Pick<LookupCall, 'requestId' | 'reason' | 'agentName'> & {
  /** Writes what came of it, in the transaction that records the call. */
  keep?(tx: TxCtx, outcome: LookupOutcome): Promise<void>
}

export type Consulted = { outcome: LookupOutcome; durationMs: number; isAsked: boolean }

/**
 * Asks the logs, unless they rest after failures or were asked too often in this minute. The call itself lies between
 * two short transactions. A test asks even while they rest: it is how somebody sees that they are back.
 */
export async function consultLogs(ctx: Ctx, consulting: Consulting, parts: ConnectorParts): Promise<Consulted> {
  const claim = await ctx.transaction((tx) => claimCall(tx, consulting, parts))
  if ('failure' in claim) return { outcome: { state: 'failed', failure: claim.failure }, durationMs: 0, isAsked: false }
  const began = monotonicMs()
  const { requestId } = consulting
  const outcome = await askLogs({ requestId, now: ctx.clock.now(), operator: parts.operator, ...claim })
  const durationMs = Math.round(monotonicMs() - began)
  await ctx.transaction(async (tx) => {
    await noteOutcome(tx, outcome)
    const { reason, agentName } = consulting
    const who = agentName === undefined ? {} : { agentName }
    await insertCall(tx, { requestId, reason, ...who, outcome: wordOf(outcome), isCached: false, durationMs })
    await consulting.keep?.(tx, outcome)
  })
  return { outcome, durationMs, isAsked: true }
}

type Claim = { endpoint: Endpoint | undefined; timeoutMs: number } | { failure: 'off' | 'resting' | 'busy' }

async function claimCall(tx: TxCtx, { reason }: Consulting, parts: ConnectorParts): Promise<Claim> {
  const team = await findSupportTeam(tx)
  if (team === undefined) return { failure: 'off' }
  const row = await lockConnector(tx, team)
  if (!isOn(row, parts)) return { failure: 'off' }
  const now = tx.clock.now()
  if (reason !== 'test' && row.restsUntil !== undefined && row.restsUntil > now) return { failure: 'resting' }
  const counted = countedIn(row, now)
  if (counted.calls > callsPerMinute) return { failure: 'busy' }
  await setMinute(tx, counted)
  return { endpoint: endpointOf(row, parts), timeoutMs: row.timeoutMs }
}

/** The minute with one more call in it, or the next minute with its first. */
function countedIn({ minute, calls }: Held, now: Date): { minute: Date; calls: number } {
  const isSame = minute !== undefined && now.getTime() - minute.getTime() < 60_000
  return isSame ? { minute, calls: calls + 1 } : { minute: now, calls: 1 }
}

function endpointOf({ url, sealedSecret }: Held, { operator, seal }: ConnectorParts): Endpoint | undefined {
  if (operator.command !== undefined || url === undefined || sealedSecret === undefined) return undefined
  return { url, secret: seal.open(sealedSecret, secretPlace) }
}

/** One good answer ends the count. What failed again after a rest is left in peace at once. */
async function noteOutcome(tx: TxCtx, outcome: LookupOutcome): Promise<void> {
  const team = await findSupportTeam(tx)
  if (team === undefined) return
  const { failures } = await lockConnector(tx, team)
  if (outcome.state !== 'failed') {
    await setFailures(tx, { failures: 0, restsUntil: undefined })
    return
  }
  const now = failures + 1
  const restsUntil = now < failuresBeforeRest ? undefined : new Date(tx.clock.now().getTime() + restMs)
  await setFailures(tx, { failures: now, restsUntil })
}
