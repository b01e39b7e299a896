import type { OpenInvitation } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { invitationsQuery, membersApi } from './api.ts'
import styles from './members.module.css'
import { Pending } from './page.tsx'
import { roleWord } from './role-words.ts'
import { useChange } from './use-change.ts'
import { type MembersT, useMembersT } from './words.ts'

/** Invitations that nobody has accepted yet. */
export function OpenInvitations() {
  const t = useMembersT()
  const { data, error, refetch } = useQuery(invitationsQuery)
  if (data === undefined) return <Pending error={error} onRetry={() => void refetch()} />
  return (
    <section aria-label={t('console-members.invitations')} id="open-invitations">
      <RailRow className={sheet.part} margin={data.invitations.length}>
        <h2>{t('console-members.invitations')}</h2>
        <ul className={styles.lines}>
          {data.invitations.map((invitation) => (
            <Line key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      </RailRow>
    </section>
  )
}

function Line({ invitation }: { invitation: OpenInvitation }) {
  const t = useMembersT()
  const { id, email, name, role, roleName, groups, seat, invitedBy, state } = invitation
  const resend = useChange(() => membersApi.resend(id), {
    onDone: () => showToast({ text: t('console-members.resent', { email }) }),
  })
  const revoke = useChange(() => membersApi.revoke(id), {
    onDone: () => showToast({ text: t('console-members.revoked', { email }) }),
  })
  return (
    <li className={styles.line}>
      <div>
        <b>{name ?? email}</b> {name !== null && <span className={styles.mail}>{email}</span>}
        <p className={controls.hint}>
          {[roleWord(t, role, roleName), ...groups, ...(seat === null ? [] : [seat])].join(' · ')}
          {invitedBy !== null && ` · ${t('console-members.invitation_by', { name: invitedBy })}`}
        </p>
        <Status shape={state === 'sent' ? 'ok' : 'degraded'} tone={state === 'sent' ? 'ok' : 'degraded'}>
          <StateWords invitation={invitation} />
        </Status>
        {resend.data && <CopyButton value={resend.data.link} label={t('console-members.invite_copy')} />}
      </div>
      <p className={styles.buttons}>
        <button type="button" className={controls.button} disabled={resend.isPending} onClick={() => resend.mutate()}>
          {t('console-members.resend')}
        </button>
        <button type="button" className={controls.plain} disabled={revoke.isPending} onClick={() => revoke.mutate()}>
          {t('console-members.revoke')}
        </button>
      </p>
    </li>
  )
}

function StateWords({ invitation }: { invitation: OpenInvitation }) {
  const t = useMembersT()
  const words = useT()
  const day = (at: string) => words.format.date(at, { day: 'numeric', month: 'short' })
  return <>{stateWords(t, invitation, day)}</>
}

function stateWords(t: MembersT, { state, sentAt, expiresAt }: OpenInvitation, day: (at: string) => string): string {
  if (state === 'waits_for_seat') return t('console-members.invitation_waits_seat')
  if (state === 'waits_for_domain') return t('console-members.invitation_waits_domain')
  const until = day(expiresAt)
  if (state === 'expired') return t('console-members.invitation_expired', { until })
  return t('console-members.invitation_sent', { date: day(sentAt ?? expiresAt), until })
}
