import type { RequestRecord } from '@clew/contract/connectors'
import type { ReactNode } from 'react'
import { useT } from '../../app/i18n.tsx'
import { duration } from '../../app/sizes.ts'
import { cx } from '../../app/ui/cx.ts'
import text from '../../app/ui/text.module.css'
import styles from './connectors.module.css'
import { useConnectorsT } from './words.ts'

/** What the logs said. All of it is text from elsewhere and shown as text. */
export function RecordList({ record }: { record: RequestRecord }) {
  const t = useConnectorsT()
  const words = useT()
  const request = [record.method, record.path].filter(Boolean).join(' ')
  return (
    <dl className={styles.record}>
      <Row name={t('connectors.record_at')}>{record.at && <span className={text.mono}>{inUtc(record.at)}</span>}</Row>
      <Row name={t('connectors.record_status')}>{record.status}</Row>
      <Row name={t('connectors.record_error')}>
        {(record.errorCode ?? record.errorMessage) && <ErrorText record={record} />}
      </Row>
      <Row name={t('connectors.record_request')}>{request && <span className={text.mono}>{request}</span>}</Row>
      <Row name={t('connectors.record_duration')}>
        {record.durationMs === undefined ? undefined : duration(words, record.durationMs)}
      </Row>
      <Row name={t('connectors.record_model')}>{record.model}</Row>
      <Row name={t('connectors.record_organisation')}>{record.organisation}</Row>
      <Row name={t('connectors.record_region')}>{record.region}</Row>
      <Row name={t('connectors.record_notes')}>{record.notes.length > 0 && <Lines lines={record.notes} />}</Row>
      <Row name={t('connectors.record_links')}>
        {record.links.length > 0 && (
          <ul>
            {[...new Set(record.links)].map((link) => (
              <li key={link}>
                <a href={link} target="_blank" rel="noopener noreferrer">
                  {link}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Row>
    </dl>
  )
}

const inUtc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 23)}Z`

function Row({ name, children }: { name: string; children: ReactNode }) {
  if (children === undefined || children === false || children === '') return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function ErrorText({ record: { errorCode, errorMessage } }: { record: RequestRecord }) {
  return (
    <>
      {errorCode !== undefined && <span className={cx(text.mono, styles.code)}>{errorCode}</span>} {errorMessage}
    </>
  )
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul>
    {[...new Set(lines)].map((line) => (
      <li key={line}>{line}</li>
    ))}
  </ul>
)
