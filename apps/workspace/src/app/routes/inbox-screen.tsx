import type { ConversationState } from '@clew/client/conversation-state'
import type { CaseField } from '@clew/contract/cases'
import type { Conversation } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Fragment, lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { askFor } from '../../features/cases/ask-for.ts'
import { FactsCard, FactsHead, FactsLoading } from '../../features/cases/facts-card.tsx'
import { gapsOf } from '../../features/cases/facts-model.ts'
import { insertIntoReply } from '../../features/conversations/draft-store.ts'
import { caseNumber, contactName } from '../../features/conversations/names.ts'
import { OthersCard } from '../../features/conversations/others-card.tsx'
import { Queue } from '../../features/conversations/queue.tsx'
import { nextAfter, stepFrom } from '../../features/conversations/queue-model.ts'
import { useUnread } from '../../features/conversations/seen.ts'
import { Thread } from '../../features/conversations/thread.tsx'
import { NothingOpen, ThreadFailed, ThreadLoading } from '../../features/conversations/thread-states.tsx'
import {
  type ConversationActions,
  useConversationActions,
} from '../../features/conversations/use-conversation-actions.ts'
import { type Standing, useQueue, useStanding } from '../../features/conversations/use-queue.ts'
import { useWokenNews } from '../../features/conversations/woken-news.ts'
import { ExternalCaptures } from '../../features/files/external-captures.tsx'
import { LargeFiles } from '../../features/files/large-files.tsx'
import { CaptureLinks } from '../../features/files/share-links.tsx'
import { CaptureCard } from '../../features/har/capture-card.tsx'
import { countRemedies, isAboutSso, writtenReference } from '../../features/single-sign-on/is-about-sso.ts'
import { latestEvent } from '../feed.ts'
import { loadT, useT } from '../i18n.tsx'
import { useKeys } from '../keys.tsx'
import { inWords } from '../masks.ts'
import { agentWalkQuery, conversationQuery } from '../queries.ts'
import { useSession } from '../session.ts'
import { announce } from '../toasts.tsx'
import controls from '../ui/controls.module.css'
import { cx } from '../ui/cx.ts'
import { MaskedText } from '../ui/masked-text.tsx'
import pane from '../ui/pane.module.css'
import { sideLedgerClass } from '../ui/rail.tsx'
import text from '../ui/text.module.css'
import { useIsPhone } from '../ui/use-width.ts'
import styles from './inbox-screen.module.css'
import { NetworkNotice } from './network-notice.tsx'
import { useRouterSearch } from './use-router-search.ts'

// Most cases have no id to look up.
const LookupCards = lazy(async () => ({
  default: (await import('../../features/connectors/lookup-cards.tsx')).LookupCards,
}))

// A flow is walked in few of them.
const WalkCard = lazy(async () => ({
  default: (await import('../../features/flows/walk-card.tsx')).WalkCard,
}))

// Nor is it about signing in.
const SsoCard = lazy(async () => ({
  default: (await import('../../features/single-sign-on/sso-card.tsx')).SsoCard,
}))

// Most agents are not told.
const MailNotice = lazy(async () => ({
  default: (await import('../../features/settings/mail-notice.tsx')).MailNotice,
}))

/** Queue, conversation and what is known of it, side by side; on a phone one of them, chosen by the address. */
export function InboxScreen() {
  const { conversationId: openId } = useParams({ strict: false })
  const { view = 'open', tag, pane: side } = useRouterSearch()
  const t = useT()
  const queue = useQueue({ view, tag }, openId)
  const standing = useStanding({ view, tag })
  const go = useGo()
  const me = useSession().member
  const actions = useConversationActions()
  useAnnouncements(openId)
  useWokenNews(go)

  const step = (by: 1 | -1) => go(stepFrom(queue.order, openId, by))
  const take = (conversation: Conversation) => void actions.assign(conversation, me).then(() => go(conversation.id))
  const oldest = standing?.waiting[0]
  useKeys({
    next: () => step(1),
    previous: () => step(-1),
    ...(openId === undefined && oldest !== undefined ? { assign_to_me: () => take(oldest) } : {}),
  })
  const known = queue.groups.flatMap(({ conversations }) => conversations).find(({ id }) => id === openId)
  return (
    <div className={styles.panes} data-pane={openId === undefined ? 'queue' : (side ?? 'thread')}>
      <PhonePane is="queue" shown={openId === undefined} label={t('workspace.queue')}>
        <Queue queue={queue} openId={openId} onOpen={go} />
      </PhonePane>
      {openId === undefined ? (
        <>
          <TabTitle conversation={undefined} standing={standing} />
          <main className={cx(styles.pane, styles.sheet)} data-is="thread" id="main" tabIndex={-1}>
            <NetworkNotice />
            <Suspense>
              <MailNotice />
            </Suspense>
            <NothingOpen standing={standing} onTake={take} />
          </main>
          <PhonePane is="facts" shown={false} label={t('workspace.facts')}>
            <FactsHead known={undefined} />
            <p className={styles.later}>{t('workspace.facts_later')}</p>
          </PhonePane>
        </>
      ) : (
        <OpenConversation
          key={openId}
          id={openId}
          known={known}
          standing={standing}
          after={() => nextAfter(queue.order, openId)}
        />
      )}
    </div>
  )
}

function useGo() {
  const navigate = useNavigate()
  return (id: string | undefined) =>
    void (id === undefined
      ? navigate({ to: '/', search: ({ view, tag }) => ({ view, tag }) })
      : navigate({
          to: '/c/$conversationId',
          params: { conversationId: id },
          search: ({ view, tag }) => ({ view, tag }),
        }))
}

type OpenProps = {
  id: string
  known: Conversation | undefined
  standing: Standing | undefined
  after(): string | undefined
}

function OpenConversation({ id, known, standing, after }: OpenProps) {
  const t = useT()
  const go = useGo()
  const { pane: side } = useRouterSearch()
  const { data: state, error, refetch } = useQuery(conversationQuery(id))
  const onResolve = (actions: ConversationActions) => {
    if (state === undefined) return
    const next = after()
    void actions.resolve(state.conversation)
    go(next)
  }
  const onSnooze = (actions: ConversationActions, until: Date) => {
    if (state === undefined) return
    const next = after()
    void actions.snooze(state.conversation, until)
    go(next)
  }
  const ask = (fields: readonly CaseField[]) => state && void askInDraft(state, fields)
  return (
    <>
      <TabTitle conversation={state?.conversation ?? known} standing={standing} />
      <main className={cx(styles.pane, styles.sheet)} data-is="thread" id="main" tabIndex={-1}>
        <PhoneBar state={state} />
        {state !== undefined ? (
          <Thread
            state={state}
            gaps={state.case.missing.length}
            notice={<NetworkNotice />}
            onAskForMissing={() => ask(gapsOf(state.case))}
            onAsk={ask}
            onResolve={onResolve}
            onSnooze={onSnooze}
            onNext={() => go(after())}
          />
        ) : (
          <>
            <NetworkNotice />
            {error === null ? (
              <ThreadLoading known={known} />
            ) : (
              <ThreadFailed id={id} error={error} onRetry={() => void refetch()} />
            )}
          </>
        )}
      </main>
      <PhonePane is="facts" shown={side === 'facts'} label={t('workspace.facts')}>
        <FactsBar id={id} conversation={state?.conversation ?? known} />
        <Facts state={state} failed={error !== null} onAsk={(field) => ask([field])} />
      </PhonePane>
    </>
  )
}

type PhonePaneProps = { is: 'queue' | 'facts'; shown: boolean; label: string; children: ReactNode }

/** A side pane on a desk; the main one on a phone that shows it. */
function PhonePane({ is, shown, label, children }: PhonePaneProps) {
  const phone = useIsPhone()
  const aside = is === 'queue' ? 'navigation' : 'complementary'
  return (
    <div className={styles.pane} data-is={is} role={phone && shown ? 'main' : aside} aria-label={label}>
      {children}
    </div>
  )
}

/** Writes the request into the reply, in the language of the contact. */
async function askInDraft({ conversation }: ConversationState, fields: readonly CaseField[]): Promise<void> {
  const t = await loadT(conversation.locale)
  insertIntoReply(conversation.id, askFor(t, fields), conversation.lastSeq)
}

type FactsProps = { state: ConversationState | undefined; failed: boolean; onAsk(field: CaseField): void }

function Facts({ state, failed, onAsk }: FactsProps) {
  return (
    <>
      <FactsHead known={state?.case} />
      <div className={pane.scroll}>
        <div className={sideLedgerClass}>
          {state !== undefined && (
            <>
              <FactsCard known={state.case} locale={state.conversation.locale} onAsk={onAsk} />
              {state.case.facts.some(({ field }) => field === 'request_ids') && (
                <Suspense>
                  <LookupCards conversationId={state.conversation.id} />
                </Suspense>
              )}
              <OthersCard conversation={state.conversation} />
              <FlowHelp state={state} />
              <SignInHelp state={state} />
              {state.captures.toReversed().map((capture) => (
                <Fragment key={capture.id}>
                  <CaptureCard capture={capture} />
                  <CaptureLinks capture={capture} />
                </Fragment>
              ))}
              <LargeFiles messages={state.messages} />
              <ExternalCaptures messages={state.messages} />
            </>
          )}
          {state === undefined && !failed && <FactsLoading />}
        </div>
      </div>
    </>
  )
}

/** A flow that the agent walks: begun where the agent asks for it, there again while one was. */
function FlowHelp({ state: { conversation } }: { state: ConversationState }) {
  const t = useT()
  const { data } = useQuery(agentWalkQuery(conversation.id, t.locale))
  const [isAsked, setAsked] = useState(false)
  if (data === undefined || data.flows.length === 0) return null
  if (isAsked || data.walk !== undefined)
    return (
      <Suspense>
        <WalkCard conversation={conversation} known={data} onOffer={(words) => offer(conversation, words)} />
      </Suspense>
    )
  if (conversation.status === 'resolved') return null
  return (
    <p className={styles.ask}>
      <button type="button" className={controls.link} onClick={() => setAsked(true)}>
        {t('workspace.walk_flow')}
      </button>
    </p>
  )
}

/** Puts a step into the reply: the agent reads it over and sends it. */
function offer({ id, lastSeq }: Conversation, words: string): void {
  insertIntoReply(id, words, lastSeq)
}

/** Why the contact does not get in: by itself where the case is about that, elsewhere when the agent asks. */
function SignInHelp({ state }: { state: ConversationState }) {
  const t = useT()
  const [isAsked, setAsked] = useState(false)
  if (isAsked || isAboutSso(state))
    return (
      <Suspense>
        <SsoCard
          number={state.conversation.number}
          conversationId={state.conversation.id}
          reference={writtenReference(state)}
          settled={countRemedies(state)}
        />
      </Suspense>
    )
  return (
    <p className={styles.ask}>
      <button type="button" className={controls.link} onClick={() => setAsked(true)}>
        {t('workspace.why_not_in')}
      </button>
    </p>
  )
}

function PhoneBar({ state }: { state: ConversationState | undefined }) {
  const t = useT()
  return (
    <nav className={styles.phoneBar} aria-label={t('workspace.panes')}>
      <Link to="/" search={({ view, tag }) => ({ view, tag })}>
        ‹ {t('workspace.queue')}
      </Link>
      <Link to="." search={(before) => ({ ...before, pane: 'facts' })}>
        {state === undefined
          ? t('workspace.facts')
          : t('workspace.facts_link', { given: state.case.given, wanted: state.case.wanted })}
      </Link>
    </nav>
  )
}

function FactsBar({ id, conversation }: { id: string; conversation: Conversation | undefined }): ReactNode {
  const t = useT()
  return (
    <nav className={styles.phoneBar} aria-label={t('workspace.panes')}>
      <Link to="/c/$conversationId" params={{ conversationId: id }} search={({ view, tag }) => ({ view, tag })}>
        ‹ {conversation === undefined ? t('workspace.back') : caseNumber(conversation)}
      </Link>
      <h1 className={text.hidden}>
        <MaskedText>{conversation?.subject ?? t('workspace.facts')}</MaskedText>
      </h1>
    </nav>
  )
}

type TabTitleProps = { conversation: Conversation | undefined; standing: Standing | undefined }

/** A tab in the background says how many wait with something unread. */
function TabTitle({ conversation, standing }: TabTitleProps) {
  const t = useT()
  const count = useUnread([...(standing?.waiting ?? []), ...(standing?.toAnswer ?? [])])
  const name =
    conversation === undefined
      ? t('workspace.inbox')
      : `${caseNumber(conversation)} ${inWords(t, conversation.subject)}`
  const title = count === 0 ? name : t('workspace.title_unread', { count, title: name })
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
  return null
}

/** Tells a screen reader of what the contact writes in the open conversation, and of a new one that waits. */
function useAnnouncements(openId: string | undefined): void {
  const t = useT()
  useEffect(
    () =>
      latestEvent.subscribe(() => {
        const change = latestEvent.get()?.change
        if (change?.type !== 'message' || change.message.author.type !== 'contact') return
        const name = contactName(t, change.conversation.contact)
        if (change.conversation.id === openId)
          announce(t('workspace.announce_message', { name, text: inWords(t, change.message.body).slice(0, 200) }))
      }),
    [openId, t],
  )
}
