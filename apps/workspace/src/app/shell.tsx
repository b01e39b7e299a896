import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { followDrafts } from '../features/conversations/draft-store.ts'
import { useNotices } from '../features/conversations/notices.ts'
import { followSeen } from '../features/conversations/seen.ts'
import { outbox, startSending } from '../features/conversations/sending.ts'
import { useResolveAfterSending } from '../features/conversations/use-resolve-after-sending.ts'
import { useTagsAfterSending } from '../features/conversations/use-tags-after-sending.ts'
import { type Area, areaOf } from './area-of.ts'
import { type Connection, connection, followFeed } from './feed.ts'
import { useT } from './i18n.tsx'
import { focusMain } from './keep-focus.ts'
import { sheetOpen, useKeys } from './keys.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { inboxQuery } from './queries.ts'
import { isAgentSession, useSession } from './session.ts'
import { sessionOver } from './session-over.ts'
import styles from './shell.module.css'
import { useStore } from './store.ts'
import { Toasts } from './toasts.tsx'
import { ClewMark } from './ui/mark.tsx'
import { Status } from './ui/status.tsx'
import { useCurrentInView } from './ui/use-current-in-view.ts'
import { UserMenu } from './user-menu.tsx'

/** What surrounds every screen of someone who is signed in. */
export function Shell() {
  const t = useT()
  const isAgent = isAgentSession(useSession())
  useKeys({ sheet: () => sheetOpen.set(true) })
  return (
    <>
      {isAgent && <Answering />}
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault()
          focusMain()
        }}
      >
        {t('workspace.skip_to_main')}
      </a>
      <div className={styles.app}>
        {isAgent ? <AgentBar /> : <MemberBar />}
        <Outlet />
      </div>
      <KeysSheet />
      <Toasts />
    </>
  )
}

/** What goes on while an agent is there: changes arrive, and what was written goes out. */
function Answering() {
  const { member } = useSession()
  const queryClient = useQueryClient()
  useEffect(() => followFeed(queryClient, member.id, sessionOver), [queryClient, member.id])
  useEffect(() => startSending(queryClient, member.id), [queryClient, member.id])
  useEffect(followDrafts, [])
  useEffect(followSeen, [])
  useEffect(() => connection.subscribe(() => connection.get() === 'live' && outbox.flush()), [])
  useResolveAfterSending()
  useNotices()
  useTagsAfterSending()
  return null
}

function AgentBar() {
  const t = useT()
  const { brand } = useSession()
  const { data: inbox } = useQuery(inboxQuery('open'))
  const areas = useCurrentInView(inbox?.counts.open)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const area = areaOf(path)
  const current = (each: Area) => (each === area ? 'page' : undefined)
  // On a phone an open conversation has its own bar.
  const deep = /\/c\//.test(path)
  return (
    <header className={styles.bar} data-deep={deep || undefined}>
      <Brand name={brand} />
      <nav ref={areas} className={styles.areas} aria-label={t('workspace.areas')}>
        <Link to="/" aria-current={current('inbox')}>
          {t('workspace.inbox')} {inbox !== undefined && <span>{t.format.number(inbox.counts.open)}</span>}
        </Link>
        <Link to="/status" aria-current={current('status')}>
          {t('workspace.status_page')}
        </Link>
        <Link to="/flows" aria-current={current('flows')}>
          {t('workspace.flows')}
        </Link>
        <Link to="/assistant/gaps" aria-current={current('assistant')}>
          {t('workspace.assistant_area')}
        </Link>
        <Link to="/console/members" aria-current={current('office')}>
          {t('workspace.settings')}
        </Link>
      </nav>
      <div className={styles.self}>
        <ConnectionState />
        <UserMenu />
      </div>
    </header>
  )
}

/** For the people of a customer's organisation: the public pages, and their console. */
function MemberBar() {
  const t = useT()
  const { organisation } = useSession()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const areas = useCurrentInView()
  return (
    <header className={styles.bar}>
      <Brand name={organisation.name} />
      <nav ref={areas} className={styles.areas} aria-label={t('workspace.areas')}>
        <a href={`/${t.locale}`}>{t('workspace.help_centre')}</a>
        <a href={`/${t.locale}/status`}>{t('workspace.status_page')}</a>
        <Link to="/console/members" aria-current={areaOf(path) === 'office' ? 'page' : undefined}>
          {t('workspace.console')}
        </Link>
      </nav>
      <div className={styles.self}>
        <UserMenu />
      </div>
    </header>
  )
}

function Brand({ name }: { name: string }) {
  const t = useT()
  return (
    <Link to="/" className={styles.brand} aria-label={t('workspace.home', { brand: name })}>
      <ClewMark />
      Clew <span>{name}</span>
    </Link>
  )
}

function ConnectionState() {
  const t = useT()
  const state = useStore(connection)
  const waiting = useStore(outbox.items).filter((item) => item.state !== 'sending').length
  return (
    <span role="status" className={styles.connection}>
      <Status {...connectionLooks[state]}>
        {waiting > 0
          ? t('workspace.connection_waiting', { state: t(`workspace.connection_${state}`), count: waiting })
          : t(`workspace.connection_${state}`)}
      </Status>
    </span>
  )
}

const connectionLooks = {
  connecting: { shape: 'ring', tone: 'quiet' },
  live: { shape: 'ok', tone: 'ok' },
  polling: { shape: 'degraded', tone: 'degraded' },
  reconnecting: { shape: 'degraded', tone: 'degraded' },
  offline: { shape: 'degraded', tone: 'degraded' },
} as const satisfies Record<Connection, unknown>
