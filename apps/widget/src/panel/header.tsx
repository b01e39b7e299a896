import type { Conversation } from '@clew/contract/conversations'
import type { T } from '@clew/i18n'
import type { ShapeName } from '@clew/ui/marks'
import { usePanel } from './context.ts'
import { Icon, Shape, Spool } from './icons.tsx'
import { currentConversation, type PanelState } from './state.ts'

export function Header({ onClose }: { onClose(): void }) {
  const { t, state, actions } = usePanel()
  const status = statusOf(state, t)
  const isElsewhere = state.screen.name !== 'conversation'
  return (
    <header role="none">
      <Spool />
      <div>
        <h2 id="clew-title">
          {state.settings === undefined ? t('widget.title_plain') : t('widget.title', { brand: state.settings.brand })}
        </h2>
        <p role="status">
          <span class={status.tone}>
            <Shape name={status.shape} />
          </span>{' '}
          {status.text}
        </p>
      </div>
      {isElsewhere ? (
        <button type="button" class="tool" aria-label={t('widget.back')} onClick={() => actions.back()}>
          <Icon name="back" />
        </button>
      ) : (
        state.conversations.length > 0 && (
          <button type="button" class="tool" aria-label={t('widget.earlier')} onClick={() => actions.openEarlier()}>
            <Icon name="list" />
          </button>
        )
      )}
      <button type="button" class="tool" aria-label={t('widget.close')} onClick={onClose}>
        <Icon name="close" />
      </button>
    </header>
  )
}

type Status = { shape: ShapeName; tone: string; text: string }

function statusOf(state: PanelState, t: T<'widget'>): Status {
  if (state.connection === 'offline' || (state.isWaiting && state.connection !== 'live'))
    return { shape: 'partial', tone: 'partial', text: t('widget.state_offline') }
  if (state.connection === 'reconnecting')
    return { shape: 'degraded', tone: 'degraded', text: t('widget.state_reconnecting') }
  const shown = currentConversation(state)?.conversation
  if (shown?.status === 'resolved') return { shape: 'tick', tone: 'ok', text: t('widget.state_resolved') }
  return handlingStatus(shown, state.settings?.agentsOnline !== false, t)
}

function handlingStatus(shown: Conversation | undefined, isAnyoneHere: boolean, t: T<'widget'>): Status {
  switch (shown?.handling) {
    case 'agent': {
      const name = shown.assignee?.name
      return {
        shape: 'ok',
        tone: 'ok',
        text: name ? t('widget.state_agent', { name }) : t('widget.state_agent_unnamed'),
      }
    }
    case 'waiting':
      return { shape: 'ring', tone: '', text: t(isAnyoneHere ? 'widget.state_waiting' : 'widget.state_waiting_away') }
    case 'assistant':
    case undefined:
      return { shape: 'ok', tone: 'ok', text: t('widget.state_assistant') }
  }
}
