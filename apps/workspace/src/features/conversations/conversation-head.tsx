import type { Conversation } from '@clew/contract/conversations'
import { useT } from '../../app/i18n.tsx'
import { type Looking, useAround } from '../../app/presence.ts'
import { useSession } from '../../app/session.ts'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { Mark } from '../../app/ui/mark.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { AssignMenu } from './assign-menu.tsx'
import styles from './conversation-head.module.css'
import { caseNumber, contactName } from './names.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { SnoozedBadge } from './snoozed.tsx'
import { Tags } from './tags.tsx'
import type { ConversationActions } from './use-conversation-actions.ts'

type HeadProps = {
  conversation: Conversation
  tags: readonly string[]
  actions: ConversationActions
  onResolve(): void
  snooze: { open: boolean; onOpenChange(open: boolean): void; choose(until: Date): void }
  assign: { open: boolean; onOpenChange(open: boolean): void }
}

export function ConversationHead({ conversation, tags, actions, onResolve, snooze, assign }: HeadProps) {
  const t = useT()
  return (
    <RailRow
      as="header"
      className={styles.head}
      marginClass={styles.number}
      bodyClass={styles.body}
      margin={caseNumber(conversation)}
    >
      <div className={styles.title}>
        <h1 lang={conversation.locale}>
          <MaskedText>{conversation.subject}</MaskedText>
        </h1>
        <div className={styles.ways}>
          {conversation.status === 'open' && conversation.handling !== 'assistant' && (
            <>
              <button
                type="button"
                className={controls.button}
                onClick={() => void actions.callAssistantBack(conversation)}
              >
                {t('workspace.call_assistant_back')}
              </button>
              <button type="button" className={controls.button} onClick={() => snooze.onOpenChange(true)}>
                {t('workspace.snooze')} <kbd>Z</kbd>
              </button>
            </>
          )}
          {conversation.status === 'open' ? (
            <button type="button" className={controls.button} onClick={onResolve}>
              {t('workspace.resolve')} <kbd>E</kbd>
            </button>
          ) : (
            <button type="button" className={controls.button} onClick={() => void actions.reopen(conversation)}>
              {t('workspace.reopen')}
            </button>
          )}
        </div>
      </div>
      <div className={styles.props}>
        <StatusWord conversation={conversation} />
        <SnoozedBadge conversation={conversation} onWake={() => void actions.wake(conversation)} />
        <AssignMenu conversation={conversation} assign={actions.assign} {...assign} />
        <Origin conversation={conversation} />
        <Tags conversationId={conversation.id} tags={tags} />
        <Here conversationId={conversation.id} />
      </div>
      {snooze.open && <SnoozeDialog onSnooze={snooze.choose} onClose={() => snooze.onOpenChange(false)} />}
    </RailRow>
  )
}

function StatusWord({ conversation }: { conversation: Conversation }) {
  const t = useT()
  if (conversation.status === 'resolved')
    return (
      <Status shape="tick" tone="ok">
        {t('workspace.status_resolved')}
      </Status>
    )
  switch (conversation.handling) {
    case 'assistant':
      return (
        <Status shape="maintenance" tone="maintenance">
          {t('workspace.status_assistant')}
        </Status>
      )
    case 'waiting':
      return (
        <Status shape="partial" tone="partial">
          {t('workspace.status_waiting')}
        </Status>
      )
    case 'agent':
      return (
        <Status shape="ring" tone="quiet">
          {t('workspace.status_open')}
        </Status>
      )
  }
}

function Origin({ conversation }: { conversation: Conversation }) {
  const t = useT()
  const present = useNow()
  const since = shortMoment(t, conversation.createdAt, present)
  return (
    <span className={text.muted} title={fullMoment(t, conversation.createdAt)}>
      {t('workspace.head_origin', { name: contactName(t, conversation.contact), since })}
    </span>
  )
}

/** Who else looks at this conversation, in marks and in words. */
function Here({ conversationId }: { conversationId: string }) {
  const t = useT()
  const me = useSession().member.id
  const others = useAround(conversationId).agents.filter(({ id }) => id !== me)
  if (others.length === 0) return null
  const word = (agent: Looking) => t(`workspace.presence_${agent.state}`)
  return (
    <span className={styles.here}>
      {others.map((agent) => (
        <span key={agent.id} className={styles.person} title={agent.name}>
          <Mark by="agent" name={agent.name} idle={agent.state !== 'typing'} small />
          <span className={text.hidden}>{agent.name}</span> {word(agent)}
        </span>
      ))}
    </span>
  )
}
