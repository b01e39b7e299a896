import type { Connector } from '@clew/contract/connectors'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { timeOfDay } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { connectorQuery } from './api.ts'
import { CallsTable } from './calls-table.tsx'
import { ConnectorForm } from './connector-form.tsx'
import { ConnectorTester } from './connector-tester.tsx'
import styles from './connectors.module.css'
import { type ConnectorsT, ConnectorsWords, useConnectorsT } from './words.ts'

/** Where request ids are looked up, a test of it, and what was looked up last. */
export function ConnectorPage() {
  return (
    <main className={sheet.sheet} id="main">
      <ConnectorsWords waiting={<Bones widths={[40, 55]} />}>
        <Whole />
      </ConnectorsWords>
    </main>
  )
}

function Whole() {
  const t = useConnectorsT()
  const words = useT()
  const { data, error, refetch } = useQuery(connectorQuery)
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('connectors.title')}</h1>
        <p className={text.effect}>{data === undefined ? t('connectors.loading') : effectOf(t, data)}</p>
        <p className={controls.hint}>{t('connectors.what')}</p>
        {data?.canChange === false && <p className={controls.hint}>{t('connectors.owners_only')}</p>}
        {data?.restsUntil !== undefined && (
          <p className={styles.sentence}>
            <Status shape="partial" tone="partial">
              {t('connectors.rests', { time: timeOfDay(words, data.restsUntil) })}
            </Status>
          </p>
        )}
      </RailRow>
      {error !== null && (
        <RailRow className={sheet.part}>
          <p role="alert">{errorText(words, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {words('workspace.try_again')}
          </button>
        </RailRow>
      )}
      {data !== undefined && (
        <>
          {data.canChange && <ConnectorForm connector={data} />}
          {data.canChange && data.way !== 'off' && <ConnectorTester />}
          <CallsTable calls={data.calls} />
        </>
      )}
    </div>
  )
}

function effectOf(t: ConnectorsT, { way, url = '', command = '' }: Connector): string {
  switch (way) {
    case 'off':
      return t('connectors.effect_off')
    case 'command':
      return t('connectors.effect_command', { command })
    case 'endpoint':
      return t('connectors.effect_endpoint', { host: URL.canParse(url) ? new URL(url).host : url })
  }
}
