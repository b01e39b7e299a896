import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import { useT } from '../../app/i18n.tsx'
import { cx } from '../../app/ui/cx.ts'
import text from '../../app/ui/text.module.css'
import styles from './entry-pane.module.css'
import { Pairs, Part } from './entry-parts.tsx'
import { Marked } from './marked.tsx'

/** What started the request, and how its connection was secured; each only where the exporter tells. */
export function EntryOrigin({
  detail: { initiator, callStack, security, connection },
}: {
  detail: CaptureEntryDetail
}) {
  const t = useT()
  const day = (seconds: number | undefined) =>
    seconds === undefined ? '' : t.format.date(new Date(seconds * 1000).toISOString(), { dateStyle: 'medium' })
  return (
    <>
      {initiator !== undefined && (
        <Part name={t('workspace.margin_initiator')}>
          <Pairs pairs={[[t('workspace.initiator_type'), initiator.type]]} />
          {initiator.url !== '' && (
            <p className={cx(text.mono, styles.address)}>
              <Marked text={initiator.url} />
              {initiator.line !== undefined && `:${initiator.line}`}
            </p>
          )}
          {callStack.length > 0 && (
            <ol className={styles.stack}>
              {callStack.slice(0, 12).map(({ functionName, url, line }, at) => (
                <li key={`${at} ${functionName}`}>
                  {functionName || t('workspace.function_nameless')}{' '}
                  <span className={text.muted}>
                    {url.split('/').at(-1)}
                    {line !== undefined && `:${line + 1}`}
                  </span>
                </li>
              ))}
            </ol>
          )}
        </Part>
      )}
      {security !== undefined && (
        <Part name={t('workspace.margin_security')}>
          <Pairs
            pairs={[
              [t('workspace.security_protocol'), security.protocol],
              [t('workspace.security_issuer'), security.issuer],
              [t('workspace.security_subject'), security.subject],
              [t('workspace.security_from'), day(security.validFrom)],
              [t('workspace.security_to'), day(security.validTo)],
              [t('workspace.detail_connection'), connection],
            ]}
          />
        </Part>
      )}
    </>
  )
}
