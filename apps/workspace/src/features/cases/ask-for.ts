import type { CaseField } from '@clew/contract/cases'
import type { Translate } from '../../app/i18n.tsx'

/** A request for what is missing, in the words of the contact's language: a sentence for one thing, a list for more. */
export function askFor(t: Translate, fields: readonly CaseField[]): string {
  const sentences = fields.map((field) => t(`workspace.ask_${field}`))
  if (sentences.length < 2) return sentences.join('')
  return [t('workspace.ask_several'), ...sentences.map((sentence) => `– ${sentence}`)].join('\n')
}
