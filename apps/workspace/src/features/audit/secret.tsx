import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './streams.module.css'
import { useAuditT } from './words.ts'

/** A secret that was made just now: in memory until it is dismissed, and nowhere else. */
export function Secret({ value, onDone }: { value: string; onDone(): void }) {
  const t = useAuditT()
  return (
    <div className={styles.secret} role="status">
      <p className={styles.sentence}>
        <Status shape="degraded" tone="degraded">
          {t('console-audit.secret_once')}
        </Status>
      </p>
      <CopyButton value={value} label={t('console-audit.secret_copy')} />
      <button type="button" className={controls.button} onClick={onDone}>
        {t('console-audit.secret_done')}
      </button>
    </div>
  )
}
