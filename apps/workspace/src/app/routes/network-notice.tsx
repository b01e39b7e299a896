import { useEffect, useState } from 'react'
import { outbox } from '../../features/conversations/sending.ts'
import { now } from '../clock.ts'
import { connection } from '../feed.ts'
import { useT } from '../i18n.tsx'
import { useStore } from '../store.ts'
import { timeOfDay } from '../times.ts'
import controls from '../ui/controls.module.css'
import { Status } from '../ui/status.tsx'
import text from '../ui/text.module.css'
import styles from './network-notice.module.css'

const patienceMs = 3000

/** Says that the network is away once that is more than a blink; every control stays. */
export function NetworkNotice() {
  const t = useT()
  const state = useStore(connection)
  const waiting = useStore(outbox.items).filter((item) => item.state === 'waiting').length
  const away = state === 'offline' || state === 'reconnecting'
  const since = useSince(away)
  if (since === undefined) return null
  return (
    <p className={styles.notice} role="status">
      <Status shape="degraded" tone="degraded">
        {t('workspace.network_away', { since: timeOfDay(t, since) })}
      </Status>
      <span>{t('workspace.network_go_on', { count: waiting })}</span>
      <button type="button" className={`${controls.link} ${text.push}`} onClick={tryNow}>
        {t('workspace.try_now')}
      </button>
    </p>
  )
}

function tryNow(): void {
  outbox.flush()
  // The feed listens for the network's return.
  dispatchEvent(new Event('online'))
}

function useSince(away: boolean): number | undefined {
  const [since, setSince] = useState<number>()
  useEffect(() => {
    if (!away) return setSince(undefined)
    const began = now()
    const timer = setTimeout(() => setSince(began), patienceMs)
    return () => clearTimeout(timer)
  }, [away])
  return since
}
