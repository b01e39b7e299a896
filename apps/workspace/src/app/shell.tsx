import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { outbox, startSending } from '../features/conversations/sending.ts'
import { useResolveAfterSending } from '../features/conversations/use-resolve-after-sending.ts'
import { type Connection, connection, followFeed } from './feed.ts'
import { useT } from './i18n.tsx'
import { sheetOpen, useKeys } from './keys.tsx'
import { KeysSheet } from './keys-sheet.tsx'
import { inboxQuery } from './queries.ts'
import { useSession } from './session.ts'
import { sessionOver } from './session-over.ts'
import styles from './shell.module.css'
import { useStore } from './store.ts'
import { Toasts } from './toasts.tsx'
import { ClewMark } from './ui/mark.tsx'
import { Status } from './ui/status.tsx'
import { UserMenu } from './user-menu.tsx'

/** What surrounds every screen of someone who is signed in. */
export function Shell() {
  const t = useT()
  const { member } = useSession()
  const queryClient = useQueryClient()
  useEffect(() => followFeed(queryClient, member.id, sessionOver), [queryClient, member.id])
  useEffect(() => startSending(queryClient, member.id), [queryClient, member.id])
  useEffect(() => connection.subscribe(() => connection.get() === 'live' && outbox.flush()), [])
  useResolveAfterSending()
  useKeys({ sheet: () => sheetOpen.set(true) })
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('workspace.skip_to_main')}
      </a>
      <div className={styles.app}>
        <Bar />
        <Outlet />
      </div>
      <KeysSheet />
      <Toasts />
    </>
  )
}

function Bar() {
  const t = useT()
  const { brand } = useSession()
  const { data: inbox } = useQuery(inboxQuery('open'))
  const path = useRouterState({ select: (state) => state.location.pathname })
  const inSettings = path.includes('/settings')
  const inStatus = /\/status\/?$/.test(path)
  const inFlows = /\/flows(\/|$)/.test(path)
  const inAssistant = path.includes('/assistant/')
  // On a phone an open conversation has its own bar.
  const deep = /\/c\//.test(path)
  return (
    <header className={styles.bar} data-deep={deep || undefined}>
      <Link to="/" className={styles.brand} aria-label={t('workspace.home', { brand })}>
        <ClewMark />
        Clew <span>{brand}</span>
      </Link>
      <nav className={styles.areas} aria-label={t('workspace.areas')}>
        <Link to="/" aria-current={inSettings || inStatus || inFlows || inAssistant ? undefined : 'page'}>
          {t('workspace.inbox')} {inbox !== undefined && <span>{t.format.number(inbox.counts.open)}</span>}
        </Link>
        <Link to="/status" aria-current={inStatus ? 'page' : undefined}>
          {t('workspace.status_page')}
        </Link>
        <Link to="/flows" aria-current={inFlows ? 'page' : undefined}>
          {t('workspace.flows')}
        </Link>
        <Link to="/assistant/gaps" aria-current={inAssistant ? 'page' : undefined}>
          {t('workspace.assistant_area')}
        </Link>
        <Link to="/settings/members" aria-current={inSettings ? 'page' : undefined}>
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
