import type { Locale } from '@clew/contract/primitives'
import type { Library } from '../articles/index.ts'
import type { ConversationRow, MessageRow } from '../conversations/index.ts'
import type { Answerer } from './answerer.ts'
import type { Turn } from './model.ts'

export type AssistantParts = { library: () => Library; answerer: Answerer }

/** One message of the contact, with all that is needed to answer it. */
export type Consideration = {
  conversation: ConversationRow
  message: MessageRow
  locale: Locale
  turn: Turn
  parts: AssistantParts
}
