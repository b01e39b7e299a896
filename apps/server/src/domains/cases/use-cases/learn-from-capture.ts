import type { CaptureId, ConversationId } from '@clew/contract/primitives'
import type { Fact } from '@clew/intake'
import type { Ctx } from '../../../platform/ctx.ts'
import { type CaptureRow, listCapturesById } from '../../har/index.ts'
import { authorizeLearn } from '../policy.ts'
import { addFacts } from './add-facts.ts'

const maxIds = 20

/** Puts the ids of the failing requests on the case: with them, the matter is found in our own logs. */
export async function learnFromCapture(ctx: Ctx, conversationId: ConversationId, captureId: CaptureId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearn(tx.actor)
    const capture = (await listCapturesById(tx, [captureId])).get(captureId)
    if (capture?.state !== 'analysed') return
    const facts = factsOf(capture, tx.clock.now())
    await addFacts(tx, conversationId, { facts })
  })
}

function factsOf({ findings }: CaptureRow, now: Date): Fact[] {
  const at = now.toISOString()
  const requestIds = [...new Set(findings.flatMap((finding) => finding.requestIds))].slice(0, maxIds)
  return requestIds.length > 0
    ? [{ field: 'request_ids', value: { requestIds, completionIds: [] }, source: 'har', at }]
    : []
}
