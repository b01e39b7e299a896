import type { Member } from '@clew/contract/sessions'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { membersQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { Mark } from '../../app/ui/mark.tsx'
import { ledgerClass, markClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { InviteForm } from './invite-form.tsx'
import styles from './members-page.module.css'

/** The people of the team, and the way in for a new one. */
export function MembersPage() {
  const t = useT()
  const { member: me } = useSession()
  const { data, error, refetch } = useQuery(membersQuery)
  return (
    <main className={sheet.sheet} id="main">
      <div className={cx(ledgerClass, sheet.ledger)}>
        <RailRow as="header" className={sheet.head} margin={data?.members.length}>
          <h1>{t('workspace.members')}</h1>
          <p className={text.effect}>
            {data === undefined
              ? t('workspace.loading')
              : t('workspace.members_effect', { count: data.members.length })}
          </p>
        </RailRow>
        <RailRow
          as="section"
          className={sheet.part}
          margin={t('workspace.margin_new')}
          aria-label={t('workspace.invite')}
        >
          <h2>{t('workspace.invite')}</h2>
          {me.role === 'owner' ? <InviteForm /> : <p className={controls.hint}>{t('workspace.invite_owners_only')}</p>}
        </RailRow>
        {error !== null && (
          <RailRow className={sheet.part}>
            <p role="alert">{errorText(t, error)}</p>
            <button type="button" className={controls.button} onClick={() => void refetch()}>
              {t('workspace.try_again')}
            </button>
          </RailRow>
        )}
        {data === undefined && error === null && (
          <RailRow className={sheet.part}>
            <Bones widths={[40, 55, 48]} />
          </RailRow>
        )}
        <ul className={styles.people} aria-label={t('workspace.members')}>
          {data?.members.map((member) => (
            <MemberRow key={member.id} member={member} isMe={member.id === me.id} />
          ))}
        </ul>
      </div>
    </main>
  )
}

function MemberRow({ member, isMe }: { member: Member; isMe: boolean }) {
  const t = useT()
  return (
    <RailRow as="li" className={styles.person} margin={<Mark by="agent" name={member.name} className={markClass} />}>
      <div className={styles.facts}>
        <span>
          <b>{member.name}</b> {isMe && <span className={text.muted}>{t('workspace.this_is_you')}</span>}
          <span className={styles.mail}>{member.email}</span>
        </span>
        <span>{t(`workspace.role_${member.role}`)}</span>
      </div>
    </RailRow>
  )
}
