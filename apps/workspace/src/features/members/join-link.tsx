import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import styles from './members.module.css'
import { useMembersT } from './words.ts'

/** Where somebody without an invitation asks for one. */
export function JoinLink() {
  const t = useMembersT()
  const { organisation } = useSession()
  const link = `${location.origin}/app/join-request?organisation=${organisation.slug}`
  return (
    <details className={styles.joinLink}>
      <summary>{t('console-members.join_link')}</summary>
      <p className={controls.hint}>{t('console-members.join_link_what')}</p>
      <CopyButton value={link} label={t('console-members.join_link_copy')} />
    </details>
  )
}
