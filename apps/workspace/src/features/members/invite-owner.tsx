import { type FormEvent, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { membersApi } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

/** Invites somebody who will own a customer's organisation. */
export function InviteOwner({ organisationId }: { organisationId: string }) {
  const t = useMembersT()
  const words = useT()
  const [email, setEmail] = useState('')
  const invite = useChange(
    () => membersApi.inviteOwner(organisationId, { email: email.trim(), locale: words.locale }),
    { toast: false },
  )
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate()
  }
  return (
    <form className={styles.row} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('console-members.org_owner')}</span>
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
      <button type="submit" className={controls.main} disabled={invite.isPending}>
        {t('console-members.send')}
      </button>
      <Problem error={invite.error} />
      {invite.data && <CopyButton value={invite.data.link} label={t('console-members.invite_copy')} />}
    </form>
  )
}
