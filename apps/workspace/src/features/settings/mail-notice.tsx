import { useQuery } from '@tanstack/react-query'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { fullMoment } from '../../app/times.ts'
import { Status } from '../../app/ui/status.tsx'
import { mailQuery } from './api.ts'
import styles from './mail-notice.module.css'

/** Says to whoever sets the product up that mail does not go out, and why; nothing while it does, or is not known to. */
export function MailNotice() {
  const t = useT()
  const mayAsk = useSession().permissions.includes('settings.manage')
  const { data: mail } = useQuery({ ...mailQuery, enabled: mayAsk })
  if (mail === undefined || (mail.hasServer && mail.failing === undefined)) return null
  return (
    <p className={styles.notice} role="status">
      <Status shape="degraded" tone="degraded">
        {mail.failing === undefined
          ? t('workspace.mail_no_server')
          : t('workspace.mail_failing', { since: fullMoment(t, mail.failing.since) })}
      </Status>
      <span>
        {mail.failing === undefined
          ? t('workspace.mail_kept', { count: mail.kept })
          : t('workspace.mail_stuck', { count: mail.failing.count })}
      </span>
    </p>
  )
}
