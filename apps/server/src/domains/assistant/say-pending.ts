import type { TxCtx } from '../../platform/ctx.ts'
import { sayAsAssistant } from '../conversations/index.ts'
import { messageOf } from './message-of.ts'
import type { About } from './parts.ts'
import type { Pending } from './repository.ts'

/** Says what the rules say, as it was kept. */
export async function sayPending(
  tx: TxCtx,
  { conversation, parts }: Pick<About, 'conversation' | 'parts'>,
  { sayings, locale }: Pending,
): Promise<void> {
  const library = parts.library()
  for (const saying of sayings) await sayAsAssistant(tx, conversation.id, messageOf(saying, { library, locale }))
}
