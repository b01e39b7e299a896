import type { ConversationId } from '@clew/contract/primitives'
import { type Expectation, expectationsOf } from '@clew/intake'
import type { TxCtx } from '../../platform/ctx.ts'
import { listMessages, type MessageRow } from '../conversations/index.ts'

/** How many messages back a question is still the one that is answered. */
const reach = 3

/** What the last words of the assistant or an agent before this message asked for: a short answer is understood by it. */
export async function expectedBy(
  tx: TxCtx,
  conversationId: ConversationId,
  { seq }: Pick<MessageRow, 'seq'>,
): Promise<readonly Expectation[]> {
  const before = await listMessages(tx, conversationId, { after: Math.max(0, seq - reach - 1), limit: reach })
  const asked = before.findLast(
    (each) =>
      each.seq < seq && each.kind === 'message' && (each.authorType === 'assistant' || each.authorType === 'agent'),
  )
  return asked ? expectationsOf(asked.body) : []
}
