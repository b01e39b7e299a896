import type { JoinRequest } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { membersApi, requestsQuery } from './api.ts'
import styles from './members.module.css'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** Who asks to join. Without anybody the page says nothing of it. */
export function JoinRequests() {
  const t = useMembersT()
  const { data } = useQuery(requestsQuery)
  if (data === undefined || data.requests.length === 0) return null
  return (
    <section aria-label={t('console-members.requests')}>
      <RailRow className={sheet.part} margin={data.requests.length}>
        <h2>{t('console-members.requests')}</h2>
        <ul className={styles.lines}>
          {data.requests.map((request) => (
            <Line key={request.id} request={request} />
          ))}
        </ul>
      </RailRow>
    </section>
  )
}

function Line({ request: { id, name, email, message, state } }: { request: JoinRequest }) {
  const t = useMembersT()
  const approve = useChange(() => membersApi.approve(id), {
    onDone: ({ state: now }) =>
      showToast({
        text: t(now === 'waitlisted' ? 'console-members.waitlisted' : 'console-members.approved', { email }),
      }),
  })
  const refuse = useChange(() => membersApi.refuse(id), {
    onDone: () => showToast({ text: t('console-members.refused', { email }) }),
  })
  return (
    <li className={styles.line}>
      <div>
        <b>{name}</b> <span className={styles.mail}>{email}</span>
        {message !== '' && <p className={styles.message}>{message}</p>}
        {state === 'waitlisted' && (
          <Status shape="degraded" tone="degraded">
            {t('console-members.request_waitlisted')}
          </Status>
        )}
      </div>
      {state === 'waiting' && (
        <p className={styles.buttons}>
          <button
            type="button"
            className={controls.button}
            disabled={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {t('console-members.approve')}
          </button>
          <button type="button" className={controls.plain} disabled={refuse.isPending} onClick={() => refuse.mutate()}>
            {t('console-members.refuse')}
          </button>
        </p>
      )}
    </li>
  )
}
