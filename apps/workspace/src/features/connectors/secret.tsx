import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './connectors.module.css'
import { useConnectorsT } from './words.ts'

type SecretProps = {
  hasSecret: boolean
  /** The one that was made just now: in memory until it is dismissed, and nowhere else. */
  made: string | undefined
  isPending: boolean
  onMake(): void
  onDone(): void
}

export function Secret({ hasSecret, made, isPending, onMake, onDone }: SecretProps) {
  const t = useConnectorsT()
  const [isAsking, setAsking] = useState(false)
  if (made !== undefined)
    return (
      <div className={styles.secret} role="status">
        <p className={styles.sentence}>
          <Status shape="degraded" tone="degraded">
            {t('connectors.secret')}
          </Status>
        </p>
        <CopyButton value={made} label={t('connectors.secret_copy')} />
        <button type="button" className={controls.button} onClick={onDone}>
          {t('connectors.secret_done')}
        </button>
      </div>
    )
  if (!hasSecret) return null
  if (!isAsking)
    return (
      <div className={styles.secret}>
        <p>{t('connectors.secret_kept')}</p>
        <button type="button" className={controls.button} onClick={() => setAsking(true)}>
          {t('connectors.secret_new')}
        </button>
      </div>
    )
  return (
    <div className={styles.secret}>
      <p role="status">{t('connectors.secret_sure')}</p>
      <div className={styles.ways}>
        <button
          type="button"
          className={controls.main}
          disabled={isPending}
          onClick={() => {
            setAsking(false)
            onMake()
          }}
        >
          {t('connectors.secret_make')}
        </button>
        <button type="button" className={controls.button} onClick={() => setAsking(false)}>
          {t('connectors.secret_keep')}
        </button>
      </div>
    </div>
  )
}
