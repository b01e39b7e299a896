import { withMasks } from '../text/rich-text.ts'
import { usePanel } from './context.ts'

/** One's own conversations, latest first. */
export function Earlier() {
  const { t, state, actions } = usePanel()
  return (
    <div class="reading" tabIndex={-1}>
      <h3>{t('widget.earlier')}</h3>
      <div class="choices">
        <button type="button" class="main" onClick={() => actions.startNew()}>
          {t('widget.new_conversation')}
        </button>
      </div>
      {state.conversations.length === 0 && <p class="note">{t('widget.earlier_none')}</p>}
      <ul class="asked">
        {state.conversations.map((conversation) => (
          <li key={conversation.id}>
            <button type="button" onClick={() => void actions.openConversation(conversation.id)}>
              <b>{withMasks(conversation.subject || conversation.lastMessagePreview, t('widget.masked_here'))}</b>
              <span class="note">
                {t('widget.conversation_line', {
                  number: String(conversation.number),
                  state: t(`widget.status_${conversation.status}`),
                })}
                {' · '}
                {t.format.date(conversation.lastMessageAt, { day: 'numeric', month: 'short' })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
