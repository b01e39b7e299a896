import type { InvitePreview, InviteRow } from '@clew/contract/members'
import { Link } from '@tanstack/react-router'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import { outcomeLook, outcomeWords } from './invite-words.ts'
import styles from './members.module.css'
import { useMembersT } from './words.ts'

const shownRows = 12

/** Who is in the way first, then everyone else; of very many the first few. */
export function InviteSays({ preview }: { preview: InvitePreview }) {
  const t = useMembersT()
  const rows = preview.rows.toSorted((a, b) => Number(isGood(a)) - Number(isGood(b)))
  const ordered = preview.rows.length > shownRows ? rows : preview.rows
  const more = ordered.length - shownRows
  return (
    <ul className={styles.says}>
      {ordered.slice(0, shownRows).map((row) => (
        <li key={`${row.line}:${row.email}:${row.outcome}`}>
          <Status {...outcomeLook(row)}>{row.email || t('console-members.empty_address')}</Status>{' '}
          <span>
            {outcomeWords(t, row)}
            {row.outcome === 'waits_for_domain' && (
              <>
                {' '}
                <Link to="/console/domains">{t('console-members.out_finish_domain')}</Link>
              </>
            )}
          </span>
        </li>
      ))}
      {more > 0 && <li className={controls.hint}>{t('console-members.invite_more_rows', { count: more })}</li>}
    </ul>
  )
}

const isGood = ({ outcome }: InviteRow): boolean => outcome === 'sends' || outcome === 'renews'

export function Invited({ sent }: { sent: InvitePreview }) {
  const t = useMembersT()
  const links = sent.rows.filter(({ link }) => link !== null)
  return (
    <div className={styles.result}>
      <p>
        <Status shape={sent.sends > 0 ? 'ok' : 'degraded'} tone={sent.sends > 0 ? 'ok' : 'degraded'}>
          {t('console-members.invite_sent', { sent: sent.sends })}
        </Status>
      </p>
      {sent.mail === 'kept' && links.length > 0 && <p>{t('console-members.invite_kept')}</p>}
      <ul className={styles.says}>
        {links.slice(0, shownRows).map(({ email, link }) => (
          <li key={email}>
            <span>{email}</span> <CopyButton value={link ?? ''} label={t('console-members.invite_copy')} />
          </li>
        ))}
        {links.length > shownRows && (
          <li className={controls.hint}>
            {t('console-members.invite_more_rows', { count: links.length - shownRows })}
          </li>
        )}
      </ul>
    </div>
  )
}
