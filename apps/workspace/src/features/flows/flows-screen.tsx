import type { FlowList, FlowSummary } from '@clew/contract/flows'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { flowsQuery } from './api.ts'
import styles from './flows.module.css'
import { ImportDialog } from './import-dialog.tsx'
import { NewFlowDialog } from './new-flow-dialog.tsx'
import { StateWord } from './state-word.tsx'
import { FlowsWords, useFlowsT } from './words.ts'

/** Every flow, with how it stands and how it is used. */
export function FlowsScreen() {
  return (
    <main id="main" className={styles.list} tabIndex={-1}>
      <FlowsWords waiting={<Bones widths={[40, 70, 60]} />}>
        <Flows />
      </FlowsWords>
    </main>
  )
}

function Flows() {
  const t = useFlowsT()
  const workspace = useT()
  const { data, error, refetch } = useQuery(flowsQuery)
  const [asking, setAsking] = useState<'new' | 'import'>()
  const close = () => setAsking(undefined)
  return (
    <>
      <header className={styles.listHead}>
        <h1>{t('flows.flows')}</h1>
        <p>{t('flows.about')}</p>
        {data?.mayEdit && (
          <p className={styles.acts}>
            <button type="button" className={controls.main} onClick={() => setAsking('new')}>
              {t('flows.new')}
            </button>
            <button type="button" className={controls.button} onClick={() => setAsking('import')}>
              {t('flows.import')}
            </button>
          </p>
        )}
      </header>
      {error !== null && (
        <p role="alert">
          {errorText(workspace, error)}{' '}
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {workspace('workspace.try_again')}
          </button>
        </p>
      )}
      {data === undefined && error === null && <Bones widths={[70, 60, 75, 50]} />}
      {data && <Table list={data} />}
      {asking === 'new' && <NewFlowDialog onClose={close} />}
      {asking === 'import' && <ImportDialog onClose={close} />}
    </>
  )
}

function Table({ list: { flows } }: { list: FlowList }) {
  const t = useFlowsT()
  if (flows.length === 0) return <p>{t('flows.empty')}</p>
  const sorted = flows.toSorted((a, b) => a.title[t.locale].localeCompare(b.title[t.locale], t.locale))
  return (
    <ul className={styles.flows}>
      {sorted.map((flow) => (
        <Row key={flow.id} flow={flow} />
      ))}
    </ul>
  )
}

function Row({ flow }: { flow: FlowSummary }) {
  const t = useFlowsT()
  const workspace = useT()
  const now = useNow()
  return (
    <li>
      <Link to="/flows/$flowId" params={{ flowId: flow.id }}>
        {flow.title[t.locale]}
      </Link>
      <StateWord flow={flow} />
      <span>
        {t('flows.steps_count', { count: flow.steps })}
        {flow.isStarter && ` · ${t(flow.isEdited ? 'flows.starter_edited' : 'flows.starter')}`}
      </span>
      <span>
        {t('flows.uses', { count: flow.uses })}
        {flow.running > 0 && ` · ${t('flows.running_short', { count: flow.running })}`}
      </span>
      <time dateTime={flow.changedAt} title={fullMoment(workspace, flow.changedAt)}>
        {shortMoment(workspace, flow.changedAt, now)}
        {flow.changedBy !== undefined && `, ${flow.changedBy}`}
      </time>
    </li>
  )
}
