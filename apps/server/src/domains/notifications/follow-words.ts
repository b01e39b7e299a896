import type { Locale } from '@clew/contract/primitives'
import { createT } from '@clew/i18n'
import * as assistantEl from '@clew/i18n/generated/assistant.el'
import * as assistantEn from '@clew/i18n/generated/assistant.en'
import { type Followed, type IncidentRow, textIn, type UpdateRow } from '../status/index.ts'

const words = { en: createT('en', assistantEn.catalogue), el: createT('el', assistantEl.catalogue) }

/** What the assistant says when somebody wants to follow; nothing new to one who does. */
export function followedWords(locale: Locale, { state, incident }: Followed): string | undefined {
  const title = textIn(incident.titles, locale).text
  if (state === 'known') return undefined
  return words[locale](state === 'over' ? 'assistant.follow_over' : 'assistant.follow_confirmed', { title })
}

export function updateWords(locale: Locale, incident: IncidentRow, update: UpdateRow): string {
  const values = { title: textIn(incident.titles, locale).text, body: textIn(update.bodies, locale).text }
  return words[locale](update.status === 'resolved' ? 'assistant.follow_resolved' : 'assistant.follow_update', values)
}
