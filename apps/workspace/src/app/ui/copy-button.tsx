import { useEffect, useState } from 'react'
import { useT } from '../i18n.tsx'
import styles from './copy-button.module.css'

/** A value that is copied by pressing it, such as a request id. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const t = useT()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    void navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      // Refused by the browser: the value can still be selected by hand.
      () => undefined,
    )
  return (
    <button type="button" className={styles.copy} onClick={copy} aria-label={label}>
      <span className={styles.value}>{value}</span>
      <span className={styles.word} aria-live="polite">
        {copied ? t('workspace.copied') : t('workspace.copy')}
      </span>
    </button>
  )
}
