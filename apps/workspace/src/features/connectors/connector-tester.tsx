import type { ConnectorTest } from '@clew/contract/connectors'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { connectorQuery, connectorsApi } from './api.ts'
import styles from './connectors.module.css'
import { outcomeText } from './outcome-words.ts'
import { RecordList } from './record-list.tsx'
import { useConnectorsT } from './words.ts'

/** One real call with what is saved, and in plain words how it went. */
export function ConnectorTester() {
  const t = useConnectorsT()
  const words = useT()
  const queryClient = useQueryClient()
  const [requestId, setRequestId] = useState('')
  const test = useMutation({
    mutationFn: () => connectorsApi.test({ requestId: requestId.trim() }),
    onSettled: () => queryClient.invalidateQueries(connectorQuery),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    test.mutate()
  }
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('connectors.test')}>
      <h2>{t('connectors.test')}</h2>
      <form className={styles.form} onSubmit={onSubmit}>
        <label className={styles.wide}>
          <span className={controls.label}>{t('connectors.test_id')}</span>
          <input
            className={controls.field}
            required
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            placeholder="req_…"
            value={requestId}
            onChange={({ target }) => setRequestId(target.value)}
          />
        </label>
        <button type="submit" className={controls.button} disabled={test.isPending}>
          {t('connectors.test_run')}
        </button>
      </form>
      <div role="status" className={styles.sentence}>
        {test.isPending && t('connectors.testing')}
        {test.error !== null && (
          <Status shape="major" tone="major">
            {errorText(words, test.error)}
          </Status>
        )}
        {test.data !== undefined && !test.isPending && <Said test={test.data} />}
      </div>
      {test.data?.record !== undefined && !test.isPending && <RecordList record={test.data.record} />}
    </RailRow>
  )
}

function Said({ test: { outcome, status, durationMs } }: { test: ConnectorTest }) {
  const t = useConnectorsT()
  const isGood = outcome === 'found' || outcome === 'not_found'
  const said = outcomeText(t, outcome, status)
  return (
    <Status shape={isGood ? 'ok' : 'major'} tone={isGood ? 'ok' : 'major'}>
      {isGood ? t('connectors.test_took', { outcome: said, ms: durationMs }) : said}
    </Status>
  )
}
