import type { Conversation } from '@clew/contract/conversations'
import type { Translate } from '../../app/i18n.tsx'

/** C-1042: what people say aloud. */
export const caseNumber = (conversation: Pick<Conversation, 'number'>): string => `C-${conversation.number}`

/** The same inside a sentence. */
export const contactInSentence = (t: Translate, contact: Conversation['contact']): string =>
  contact.name ?? contact.email ?? t('workspace.contact_in_sentence')

export const contactName = (t: Translate, contact: Conversation['contact']): string =>
  contact.name ?? contact.email ?? t('workspace.contact_unnamed')
