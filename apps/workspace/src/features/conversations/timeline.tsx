import type { ConversationState } from '@clew/client/conversation-state'
import type { Message } from '@clew/contract/conversations'
import { Fragment, memo, type RefObject } from 'react'
import { useT } from '../../app/i18n.tsx'
import { useAround } from '../../app/presence.ts'
import { dayName, sameDay, useNow } from '../../app/times.ts'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import pane from '../../app/ui/pane.module.css'
import { markClass, RailRow } from '../../app/ui/rail.tsx'
import { contactName } from './names.ts'
import type { OutboxItem } from './outbox.ts'
import { PendingEntry } from './pending-entry.tsx'
import styles from './timeline.module.css'
import { TimelineEntry } from './timeline-entry.tsx'

type TimelineProps = {
  state: ConversationState
  pending: readonly OutboxItem[]
  scroller: RefObject<HTMLDivElement | null>
}

/** Everything that was said and done, on one thread. */
export function Timeline({ state, pending, scroller }: TimelineProps) {
  const t = useT()
  const present = useNow(60_000)
  const lastRead = lastReadSeq(state)
  return (
    // Reachable by Tab, so that it scrolls from the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable
    <div
      className={cx(pane.scroll, styles.scroll)}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={t('workspace.timeline')}
    >
      <ol className={styles.timeline} data-long={state.messages.length > longAfter || undefined}>
        {state.messages.map((message, index) => (
          <Fragment key={message.id}>
            {startsDay(message, state.messages[index - 1]) && (
              <RailRow as="li" className={styles.day}>
                {dayName(t, message.createdAt, present)}
              </RailRow>
            )}
            <Entry message={message} state={state} isLastRead={message.seq === lastRead} />
          </Fragment>
        ))}
        {pending.map((item) => (
          <PendingEntry key={item.clientMessageId} item={item} lastSeq={state.conversation.lastSeq} />
        ))}
        <Working state={state} />
      </ol>
    </div>
  )
}

const startsDay = (message: Message, before: Message | undefined): boolean =>
  before === undefined || !sameDay(Date.parse(message.createdAt), Date.parse(before.createdAt))

const longAfter = 150

/** The last thing an agent said that the contact has seen. */
function lastReadSeq({ messages, conversation }: ConversationState): number | undefined {
  const read = ({ seq, kind, author }: Message) =>
    seq <= conversation.contactReadSeq && kind === 'message' && author.type === 'agent'
  return messages.findLast(read)?.seq
}

// A long thread is drawn once; an event redraws only the entries that it concerns.
const Entry = memo(TimelineEntry, (before, after) => {
  const isCapture = before.message.activity?.type === 'capture_attached'
  return (
    before.message === after.message &&
    before.isLastRead === after.isLastRead &&
    before.state.conversation.contact.name === after.state.conversation.contact.name &&
    (!isCapture || before.state.captures === after.state.captures)
  )
})

/** Someone on the other side is at work. */
function Working({ state }: { state: ConversationState }) {
  const t = useT()
  const { contactTypes, assistantWorks } = useAround(state.conversation.id)
  if (!contactTypes && !assistantWorks) return null
  const by = contactTypes ? 'contact' : 'assistant'
  const name = contactName(t, state.conversation.contact)
  return (
    <RailRow as="li" className={styles.working} margin={<Mark by={by} name={name} idle className={markClass} />}>
      <p className={styles.by}>
        {contactTypes ? t('workspace.contact_types', { name }) : t('workspace.assistant_works')}
      </p>
    </RailRow>
  )
}
