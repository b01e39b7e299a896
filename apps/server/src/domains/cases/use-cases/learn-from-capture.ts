import type { CaptureId, ConversationId } from '@clew/contract/primitives'
import type { Fact } from '@clew/intake'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { type CaptureRow, findEntry, listCapturesById } from '../../har/index.ts'
import { saidInUtc } from '../model.ts'
import { authorizeLearn } from '../policy.ts'
import { addFacts } from './add-facts.ts'

const maxIds = 20

/**
 * Puts on the case what a capture tells, so that nobody asks for it: the ids of the failing requests, by which the matter
 * is found in our own logs, when the first of the gravest failed, and in which browser. What a person says outweighs it.
 */
export async function learnFromCapture(ctx: Ctx, conversationId: ConversationId, captureId: CaptureId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearn(tx.actor)
    const capture = (await listCapturesById(tx, [captureId])).get(captureId)
    if (capture?.state !== 'analysed') return
    const facts = factsOf(capture, { failedAt: await failedAt(tx, capture), now: tx.clock.now() })
    await addFacts(tx, conversationId, { facts })
  })
}

/** What is only remarkable failed at no time. */
async function failedAt(tx: TxCtx, { id, findings }: CaptureRow): Promise<string | undefined> {
  const [entry] = findings.find(({ severity, entries }) => severity !== 'low' && entries.length > 0)?.entries ?? []
  const startedAt = entry === undefined ? '' : ((await findEntry(tx, id, entry))?.startedAt ?? '')
  return startedAt === '' ? undefined : startedAt
}

type Known = { failedAt: string | undefined; now: Date }

function factsOf({ findings, recordedWith }: CaptureRow, { failedAt, now }: Known): Fact[] {
  const from = { source: 'har', at: now.toISOString() } as const
  const requestIds = [...new Set(findings.flatMap((finding) => finding.requestIds))].slice(0, maxIds)
  const facts: Fact[] = []
  if (requestIds.length > 0) facts.push({ field: 'request_ids', value: { requestIds, completionIds: [] }, ...from })
  if (failedAt !== undefined)
    facts.push({ field: 'timestamps', value: { utc: failedAt, said: saidInUtc(failedAt) }, ...from })
  if (Object.keys(recordedWith).length > 0) facts.push({ field: 'environment', value: recordedWith, ...from })
  return facts
}
