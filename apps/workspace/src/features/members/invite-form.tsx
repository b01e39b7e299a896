import type { MemberRole } from '@clew/contract/permissions'
import type { Invitation } from '@clew/contract/sessions'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './members-page.module.css'

const roles = ['agent', 'owner'] as const

export function InviteForm() {
  const t = useT()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<MemberRole>('agent')
  const invite = useMutation({
    mutationFn: () => api.invite({ email: email.trim(), role, locale: t.locale }),
    onSuccess: () => setEmail(''),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <>
      <form className={styles.invite} onSubmit={onSubmit}>
        <label className={styles.address}>
          <span className={controls.label}>{t('workspace.invite_email')}</span>
          <input
            className={controls.field}
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
        <label className={styles.role}>
          <span className={controls.label}>{t('workspace.invite_role')}</span>
          <Select boxed value={role} onChange={(event) => setRole(event.target.value as MemberRole)}>
            {roles.map((one) => (
              <option key={one} value={one}>
                {t(`workspace.role_${one}`)}
              </option>
            ))}
          </Select>
        </label>
        <button type="submit" className={cx(controls.main, controls.large)} disabled={invite.isPending}>
          {t('workspace.invite_send')}
        </button>
      </form>
      <p className={controls.hint}>{t(`workspace.role_means_${role}`)}</p>
      <div role="status">
        {invite.error !== null && (
          <p className={styles.result}>
            <Status shape="major" tone="major">
              {errorText(t, invite.error)}
            </Status>
          </p>
        )}
        {invite.data !== undefined && <Invited invitation={invite.data} />}
      </div>
    </>
  )
}

function Invited({ invitation }: { invitation: Invitation }) {
  const t = useT()
  const kept = invitation.mail === 'kept'
  return (
    <div className={styles.result}>
      <p>
        <Status shape={kept ? 'degraded' : 'ok'} tone={kept ? 'degraded' : 'ok'}>
          {invitation.email}
        </Status>{' '}
        {kept ? t('workspace.invite_kept') : t('workspace.invite_queued')}{' '}
        {t('workspace.invite_until', { moment: fullMoment(t, invitation.expiresAt) })}
      </p>
      <CopyButton value={invitation.link} label={t('workspace.invite_copy')} />
    </div>
  )
}
