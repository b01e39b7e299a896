import type { QuickReply } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as wordsEl from '@clew/i18n/generated/assistant.el'
import * as wordsEn from '@clew/i18n/generated/assistant.en'
import type { AssistantMessage } from '../conversations/index.ts'

export const words = { en: createT('en', wordsEn.catalogue), el: createT('el', wordsEl.catalogue) }

const asked = [
  'assistant.suggestion_upload',
  'assistant.suggestion_accounts',
  'assistant.suggestion_request_id',
] as const

/** What the bubble offers first, where the team chose nothing. */
export const starterSuggestions: Readonly<Record<Locale, readonly string[]>> = {
  en: asked.map((key) => words.en(key)),
  el: asked.map((key) => words.el(key)),
}

export const personReply = (locale: Locale): QuickReply => ({
  id: 'person',
  label: words[locale]('assistant.reply_person'),
})

/** A sentence of our own, with buttons. */
export const say = (body: string, quickReplies: QuickReply[] = []): AssistantMessage => ({
  body,
  content: quickReplies.length > 0 ? { quickReplies } : {},
})

export const solvedReplies = (locale: Locale): QuickReply[] => [
  { id: 'worked', label: words[locale]('assistant.reply_worked') },
  personReply(locale),
]
