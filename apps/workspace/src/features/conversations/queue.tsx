import type { Conversation, InboxView } from '@clew/contract/conversations'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { type Translate, useT } from '../../app/i18n.tsx'
import { useAround } from '../../app/presence.ts'
import { useSession } from '../../app/session.ts'
import { fullMoment, shortMoment, shortSpan, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Chevron } from '../../app/ui/icons.tsx'
import { Mark } from '../../app/ui/mark.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import pane from '../../app/ui/pane.module.css'
import { ledgerClass } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import text from '../../app/ui/text.module.css'
import { Finder } from './finder.tsx'
import { contactName } from './names.ts'
import styles from './queue.module.css'
import { useIsUnread } from './seen.ts'
import { SnoozedLine } from './snoozed.tsx'
import { TagFilter, TagLine } from './tags.tsx'
import { nameOf, type Queue as QueueState, queueViews, type ShownGroup, toggleFold } from './use-queue.ts'

type QueueProps = { queue: QueueState; openId: string | undefined; onOpen(id: string): void }

/** What to do next, as sentences: who waits is in the margin, the groups say why. */
export function Queue({ queue, openId, onOpen }: QueueProps) {
  const t = useT()
  return (
    <>
      <QueueHead queue={queue} isPage={openId === undefined} />
      <Finder over={nameOf(queue)} first={queue.found?.first} onOpen={onOpen} />
      {queue.found === undefined && <TagFilter tag={queue.tag} />}
      <div className={pane.scroll}>
        <div className={cx(ledgerClass, styles.queue)}>
          {!queue.isRead && queue.error === null && <QueueBones />}
          {!queue.isRead && queue.error !== null && (
            <div className={styles.aside} role="alert">
              <p>{errorText(t, queue.error)}</p>
              <button type="button" className={controls.button} onClick={queue.reload}>
                {t('workspace.try_again')}
              </button>
            </div>
          )}
          {queue.isRead && queue.groups.length === 0 && <p className={styles.aside}>{emptyText(t, queue)}</p>}
          {queue.groups.map((group) => (
            <Group
              key={group.action}
              group={group}
              isFound={queue.found !== undefined}
              tags={queue.tags}
              openId={openId}
              view={queue.view}
              level={openId === undefined ? 'h2' : 'h3'}
            />
          ))}
          {queue.more && (
            <div className={styles.aside}>
              <button type="button" className={controls.button} onClick={queue.more.load} disabled={queue.more.busy}>
                {t('workspace.queue_more')}
              </button>
            </div>
          )}
        </div>
      </div>
    </>
  )
}

function emptyText(t: Translate, { found, tag, view }: QueueState): string {
  if (found !== undefined) return t('workspace.find_nothing', { words: found.q })
  return tag === undefined ? t(`workspace.queue_empty_${view}`) : t('workspace.queue_empty_tag', { tag })
}

function QueueHead({ queue, isPage }: { queue: QueueState; isPage: boolean }) {
  const t = useT()
  const navigate = useNavigate()
  // They count whole views, whatever their tags.
  const counts = queue.tag === undefined ? queue.counts : undefined
  const open = (view: InboxView) => void navigate({ to: '.', search: (before) => ({ ...before, view }) })
  return (
    <div className={pane.head}>
      {isPage ? <h1>{t('workspace.inbox')}</h1> : <h2>{t('workspace.inbox')}</h2>}
      <span className={text.push} />
      <label className={text.hidden} htmlFor="queue-view">
        {t('workspace.queue_show')}
      </label>
      <Select id="queue-view" value={queue.view} onChange={(event) => open(event.target.value as InboxView)}>
        {queueViews.map((view) => (
          <option key={view} value={view}>
            {counts === undefined
              ? t(`workspace.view_${view}`)
              : t('workspace.view_with_count', { view: t(`workspace.view_${view}`), count: counts[view] ?? 0 })}
          </option>
        ))}
      </Select>
    </div>
  )
}

type GroupProps = {
  group: ShownGroup
  isFound: boolean
  tags: Readonly<Record<string, readonly string[]>>
  openId: string | undefined
  view: InboxView
  level: 'h2' | 'h3'
}

function Group({ group, isFound, tags, openId, view, level: Title }: GroupProps) {
  const t = useT()
  const title = t(`workspace.group_${group.action}`)
  const canFold = view === 'open' && !isFound && group.action === 'colleagues'
  return (
    <section aria-label={title}>
      {canFold ? (
        <Title className={styles.foldTitle}>
          <button
            type="button"
            className={styles.fold}
            aria-expanded={!group.folded}
            onClick={() => toggleFold(group.action)}
          >
            <Chevron className={styles.chevron} />
            <span>{title}</span>
            <span>{t.format.number(group.conversations.length)}</span>
          </button>
        </Title>
      ) : (
        <Title className={styles.group}>
          {title}
          <span>{t.format.number(group.conversations.length)}</span>
        </Title>
      )}
      {!group.folded && (
        <ul>
          {group.conversations.map((conversation) => (
            <Item
              key={conversation.id}
              conversation={conversation}
              tags={tags[conversation.id] ?? []}
              open={conversation.id === openId}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

type ItemProps = { conversation: Conversation; tags: readonly string[]; open: boolean }

function Item({ conversation, tags, open }: ItemProps) {
  const t = useT()
  const unread = useIsUnread(conversation) && !open
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (open) row.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  return (
    <li ref={row}>
      <Link
        to="/c/$conversationId"
        params={{ conversationId: conversation.id }}
        search={(before) => ({ view: before.view, tag: before.tag })}
        className={styles.item}
        data-unread={unread || undefined}
        aria-current={open ? 'page' : undefined}
      >
        <Wait conversation={conversation} />
        <span className={styles.what}>
          <span className={styles.say} lang={conversation.locale}>
            <MaskedText>{conversation.subject}</MaskedText>
          </span>
          {unread && <span className={text.hidden}>{t('workspace.unread')}</span>}
          <span className={styles.who}>
            <span className={styles.name}>{contactName(t, conversation.contact)}</span>
            <Others conversation={conversation} />
          </span>
          <SnoozedLine conversation={conversation} />
          <TagLine tags={tags} />
        </span>
      </Link>
    </li>
  )
}

function Wait({ conversation }: { conversation: Conversation }) {
  const t = useT()
  const present = useNow()
  const { waitingSince, lastMessageAt } = conversation
  const title = fullMoment(t, waitingSince ?? lastMessageAt)
  return (
    <span className={styles.wait} title={title} data-waits={waitingSince !== undefined || undefined}>
      {waitingSince === undefined
        ? shortMoment(t, lastMessageAt, present)
        : shortSpan(t, present - Date.parse(waitingSince))}
    </span>
  )
}

function Others({ conversation }: { conversation: Conversation }) {
  const me = useSession().member.id
  const others = useAround(conversation.id).agents.filter(({ id }) => id !== me)
  const { assignee } = conversation
  if (others.length === 0 && (assignee === undefined || assignee.id === me)) return null
  const present = others.some(({ id }) => id === assignee?.id)
  return (
    <span className={styles.others}>
      {others.slice(0, 3).map(({ id, name, state }) => (
        <Mark key={id} by="agent" name={name} idle={state === 'idle'} small />
      ))}
      {assignee !== undefined && assignee.id !== me && !present && <Mark by="agent" name={assignee.name} idle small />}
    </span>
  )
}

const boneRows = [
  [78, 94, 38],
  [88, 62, 46],
  [72, 86, 34],
  [92, 46, 50],
  [84, 78, 40],
  [62, 88, 30],
]

function QueueBones() {
  const t = useT()
  return (
    <div aria-busy="true">
      <p className={text.hidden}>{t('workspace.loading')}</p>
      {boneRows.map((widths) => (
        <div key={widths.join()} className={styles.bones}>
          <Bones widths={widths} />
        </div>
      ))}
    </div>
  )
}
