import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { lockConversation } from '../../conversations/index.ts'
import { type ConnectorParts, consultLogs } from '../consult-logs.ts'
import { factsOfRecord, freshUntil, isPassing, type LookupRow, triesOfLookup, wordOf } from '../model.connector.ts'
import { newFacts } from '../model.ts'
import { authorizeLearn } from '../policy.ts'
import { insertCall } from '../repository.connector.ts'
import { type Ending, endLookup, findFresh, lockLookup, noteAttempt } from '../repository.lookups.ts'
import { insertFacts, readWholeCase } from '../repository.ts'

/** How long a lookup waits for the next minute when this one is full. */
const nextMinuteSeconds = 60

/**
 * Looks one id up that is in line. What was learnt lately is not asked for again, unless an agent says so. What may be
 * different in a moment is thrown, so that the queue tries again; the last try is kept as it is.
 */
export async function lookUpRequest(ctx: Ctx, lookupId: string, parts: ConnectorParts): Promise<void> {
  const lookup = await ctx.transaction((tx) => takeUp(tx, lookupId))
  if (lookup === undefined) return
  const isLast = lookup.attempts >= triesOfLookup
  const { outcome, isAsked } = await consultLogs(
    ctx,
    {
      requestId: lookup.requestId,
      ...whoOf(lookup),
      keep: async (tx, found) => {
        if (isPassing(found) && !isLast) return
        await finish(tx, lookup.id, {
          outcome: found,
          lookedAt: tx.clock.now(),
          freshUntil: freshUntil(found, tx.clock.now()),
        })
      },
    },
    parts,
  )
  if (!isAsked) return keepUnasked(ctx, lookup, { outcome, parts })
  if (isPassing(outcome) && !isLast) throw new Error(`the logs did not answer: ${wordOf(outcome)}`)
}

const whoOf = ({ askedByName }: LookupRow) =>
  askedByName === undefined ? ({ reason: 'case' } as const) : ({ reason: 'again', agentName: askedByName } as const)

/** The row with this try counted; undefined where there is nothing to ask any more. */
async function takeUp(tx: TxCtx, lookupId: string): Promise<LookupRow | undefined> {
  authorizeLearn(tx.actor)
  const lookup = await lockLookup(tx, lookupId)
  if (lookup?.outcome.state !== 'waiting') return undefined
  const known = lookup.askedByName === undefined ? await findFresh(tx, lookup.requestId) : undefined
  if (known !== undefined) {
    const outcome = wordOf(known.outcome)
    await insertCall(tx, { requestId: lookup.requestId, ...whoOf(lookup), outcome, isCached: true, durationMs: 0 })
    await finish(tx, lookup.id, known)
    return undefined
  }
  const attempts = lookup.attempts + 1
  await noteAttempt(tx, lookup.id, attempts)
  return { ...lookup, attempts }
}

type Unasked = { outcome: Ending['outcome']; parts: ConnectorParts }

/** Nobody was asked. A full minute passes, and counts as no try; anything else is what the agent is told. */
async function keepUnasked(ctx: Ctx, lookup: LookupRow, { outcome, parts }: Unasked): Promise<void> {
  await ctx.transaction(async (tx) => {
    if (outcome.state !== 'failed' || outcome.failure !== 'busy')
      return finish(tx, lookup.id, { outcome, lookedAt: tx.clock.now(), freshUntil: undefined })
    await noteAttempt(tx, lookup.id, lookup.attempts - 1)
    await parts.jobs.send(tx, { ...lookupWork(lookup.id), startAfterSeconds: nextMinuteSeconds })
  })
}

export const lookupWork = (lookupId: string) => ({ name: 'cases.look_up_request', input: { lookupId } })

/** Keeps what came of it, with the moment as a fact for the team. Nothing is kept of a case that is gone. */
async function finish(tx: TxCtx, lookupId: string, ending: Ending): Promise<void> {
  const lookup = await lockLookup(tx, lookupId)
  if (lookup?.outcome.state !== 'waiting') return
  const { conversationId, contactId, requestId } = lookup
  await endLookup(tx, lookupId, ending)
  if (ending.outcome.state === 'found') {
    // Two ids of one case may be answered at once.
    await lockConversation(tx, conversationId)
    const known = await readWholeCase(tx, conversationId)
    const found = factsOfRecord(ending.outcome.record, tx.clock.now())
    await insertFacts(tx, { conversationId, contactId }, newFacts(known.facts, found))
  }
  tx.emit('request.looked_up', { conversationId, contactId, requestIds: [requestId] })
}
