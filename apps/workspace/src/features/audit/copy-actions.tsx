import type { AuditEvent } from '@clew/contract/audit'
import { useEffect, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './detail.module.css'
import { useAuditT } from './words.ts'

type Props = {
  event: AuditEvent
  /** Whether the event has an address: those of another organisation's log have none. */
  hasLink: boolean
}

/** The event as it is, and the address of this screen with it open. */
export function CopyActions({ event, hasLink }: Props) {
  const t = useAuditT()
  const [copied, setCopied] = useState<'json' | 'link'>()
  useEffect(() => {
    if (copied === undefined) return undefined
    const timer = setTimeout(() => setCopied(undefined), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (what: 'json' | 'link', value: string) =>
    void navigator.clipboard.writeText(value).then(
      () => setCopied(what),
      // Refused by the browser: everything can still be selected by hand.
      () => undefined,
    )
  const link = () => `${location.origin}${location.pathname}?event=${event.seq}`
  return (
    <div className={styles.ways}>
      <button type="button" className={controls.button} onClick={() => copy('json', JSON.stringify(event, null, 2))}>
        {t('console-audit.copy_json')}
      </button>
      {hasLink && (
        <button type="button" className={controls.button} onClick={() => copy('link', link())}>
          {t('console-audit.copy_link')}
        </button>
      )}
      <span role="status">{copied !== undefined && t('console-audit.copied')}</span>
    </div>
  )
}
