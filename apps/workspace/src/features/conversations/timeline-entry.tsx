import type { ConversationState } from '@clew/client/conversation-state'
import type { Message } from '@clew/contract/conversations'
import { type Translate, useT } from '../../app/i18n.tsx'
import { fullMoment, timeOfDay } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { knotClass, markClass, RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { askAboutAnswer } from '../assistant/wrong-answer-store.ts'
import { ActivityLine } from './activity-line.tsx'
import { Attachments } from './attachments.tsx'
import { MessageBody } from './message-body.tsx'
import { contactName } from './names.ts'
import styles from './timeline.module.css'

type EntryProps = { message: Message; state: ConversationState }

export function TimelineEntry({ message, state, isLastRead }: EntryProps & { isLastRead: boolean }) {
  const t = useT()
  return (
    <RailRow
      as="li"
      margin={<EntryMargin message={message} state={state} />}
      bodyClass={cx(message.kind === 'note' && styles.note)}
      data-seq={message.seq}
    >
      {message.activity === undefined ? (
        <Said message={message} state={state} />
      ) : (
        <ActivityLine activity={message.activity} actor={authorName(t, message, state)} state={state} />
      )}
      {isLastRead && <p className={styles.readMark}>{t('workspace.read')}</p>}
    </RailRow>
  )
}

function EntryMargin({ message, state }: EntryProps) {
  const t = useT()
  const { type } = message.author
  return (
    <>
      <time dateTime={message.createdAt} title={fullMoment(t, message.createdAt)}>
        {timeOfDay(t, message.createdAt)}
      </time>
      {type === 'system' ? (
        <span className={knotClass} aria-hidden="true" />
      ) : (
        <Mark by={type} name={authorName(t, message, state)} className={markClass} />
      )}
    </>
  )
}

function Said({ message, state }: EntryProps) {
  const t = useT()
  const isNote = message.kind === 'note'
  const author = authorName(t, message, state)
  return (
    <>
      <p className={styles.by}>
        {isNote ? (
          <>
            <b>{t('workspace.note_to_team')}</b>, {author}
          </>
        ) : (
          <b>{author}</b>
        )}
        {message.author.type === 'assistant' && <> · {t('workspace.assistant_is_machine')}</>}
      </p>
      {message.body !== '' && (
        <MessageBody
          body={message.body}
          className={isNote ? styles.told : cx(text.read, styles.read)}
          locale={state.conversation.locale}
        />
      )}
      {message.steps !== undefined && message.steps.length > 0 && (
        <ol className={styles.instructions} lang={state.conversation.locale}>
          {message.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      <Attachments attachments={message.attachments} />
      <Masked message={message} />
      <Sources message={message} />
      <Offered message={message} locale={state.conversation.locale} />
      {message.author.type === 'assistant' && <WrongAnswer message={message} state={state} />}
    </>
  )
}

function Masked({ message }: { message: Message }) {
  const t = useT()
  if (message.masked === undefined || message.masked.length === 0) return null
  return (
    <span className={styles.masked}>
      <Status shape="maintenance" tone="maintenance">
        {t(message.author.type === 'agent' ? 'workspace.masked_own' : 'workspace.masked', {
          count: message.masked.length,
        })}
      </Status>
    </span>
  )
}

function Sources({ message }: { message: Message }) {
  const t = useT()
  if (message.sources === undefined || message.sources.length === 0) return null
  return (
    <p className={styles.sources}>
      {t(message.composed ? 'workspace.sources_composed' : 'workspace.sources')}
      {message.sources.map(({ slug, title, locale, anchor, section }) => (
        <a
          key={`${slug} ${anchor ?? ''}`}
          href={`/${locale}/articles/${encodeURIComponent(slug)}${anchor === undefined ? '' : `#${encodeURIComponent(anchor)}`}`}
          target="_blank"
          rel="noreferrer"
          lang={locale}
        >
          {section === undefined ? title : `${title}: ${section}`}
        </a>
      ))}
    </p>
  )
}

function WrongAnswer({ message, state }: EntryProps) {
  const t = useT()
  const mark = () => askAboutAnswer(state.messages, message, state.conversation.locale)
  return (
    <button type="button" className={cx(controls.link, styles.wrong)} onClick={mark}>
      {t('workspace.wrong_answer')}
    </button>
  )
}

/** The buttons that the contact was shown, as words: an agent reads them and does not press them. */
function Offered({ message, locale }: { message: Message; locale: string }) {
  const t = useT()
  if (message.quickReplies === undefined || message.quickReplies.length === 0) return null
  return (
    <ul className={styles.replies} aria-label={t('workspace.quick_replies')} lang={locale}>
      {message.quickReplies.map((reply) => (
        <li key={reply.id}>{reply.label}</li>
      ))}
    </ul>
  )
}

export function authorName(t: Translate, message: Message, state: ConversationState): string {
  const { type, name } = message.author
  switch (type) {
    case 'contact':
      return name ?? contactName(t, state.conversation.contact)
    case 'assistant':
      return t('workspace.assistant')
    case 'agent':
      return name ?? t('workspace.a_colleague')
    case 'system':
      return t('workspace.system')
  }
}
