import type { Conversation } from '@clew/contract/conversations'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Mark } from '../../app/ui/mark.tsx'
import { markClass, RailRow } from '../../app/ui/rail.tsx'
import styles from './assistant-strip.module.css'
import { contactInSentence, contactName } from './names.ts'
import type { ConversationActions } from './use-conversation-actions.ts'

/** Says who answers now, where that is not yet a person, and offers to change it. */
export function AssistantStrip({
  conversation,
  actions,
}: {
  conversation: Conversation
  actions: ConversationActions
}) {
  const t = useT()
  if (conversation.status === 'resolved' || conversation.handling === 'agent') return null
  const name = contactInSentence(t, conversation.contact)
  const waits = conversation.handling === 'waiting'
  return (
    <RailRow
      as="section"
      className={styles.strip}
      bodyClass={styles.body}
      margin={
        <Mark by={waits ? 'contact' : 'assistant'} name={contactName(t, conversation.contact)} className={markClass} />
      }
    >
      <p>{waits ? t('workspace.strip_waiting', { name }) : t('workspace.strip_assistant', { name })}</p>
      <button type="button" className={controls.main} onClick={() => void actions.takeOver(conversation)}>
        {waits ? t('workspace.take') : t('workspace.take_over')}
      </button>
    </RailRow>
  )
}
