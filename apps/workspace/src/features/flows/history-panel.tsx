import type { FlowDetail, FlowVersion } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { asFlow, documentQuery, flowsApi, versionsQuery } from './api.ts'
import { changesById, differenceOf, type StepChange } from './diff.ts'
import { DifferenceList } from './difference.tsx'
import { stepName } from './names.ts'
import styles from './panels.module.css'
import type { Doing } from './use-flow-actions.ts'
import { useFlowsT } from './words.ts'

type Props = {
  detail: FlowDetail
  flow: Flow
  isDirty: boolean
  doing: Doing
  onMark(changes: ReadonlyMap<string, StepChange>): void
  onOpen(id: string): void
  onAsk(what: 'unpublish' | 'disable' | 'reset'): void
}

/** Every version, what it says differently, and the way back to it. */
export function HistoryPanel(props: Props) {
  const { detail } = props
  const t = useFlowsT()
  const workspace = useT()
  const { data, error } = useQuery(versionsQuery(detail.id))
  const [compared, setCompared] = useState<number>()
  return (
    <div className={styles.panel} data-is="history">
      <h2>{t('flows.history')}</h2>
      {error !== null && <p role="alert">{errorText(workspace, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 50]} />}
      <ol className={styles.versions}>
        {data?.versions.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            isLive={detail.liveVersion === version.version}
            isOpen={compared === version.version}
            onCompare={() => setCompared(compared === version.version ? undefined : version.version)}
            {...props}
          />
        ))}
      </ol>
      <Standing {...props} />
    </div>
  )
}

type RowProps = Props & { version: FlowVersion; isLive: boolean; isOpen: boolean; onCompare(): void }

function VersionRow({ version, isLive, isOpen, onCompare, ...props }: RowProps) {
  const t = useFlowsT()
  const workspace = useT()
  const now = useNow()
  const { detail } = props
  return (
    <li>
      <p>
        <b>{t('flows.version', { version: version.version })}</b>
        {isLive && <span className={styles.live}>{t('flows.state_live')}</span>}{' '}
        <time dateTime={version.savedAt} title={fullMoment(workspace, version.savedAt)}>
          {shortMoment(workspace, version.savedAt, now)}
        </time>{' '}
        {version.savedBy ?? t('flows.by_product')}
      </p>
      {version.restoredFrom !== undefined && <p>{t('flows.restored_from', { version: version.restoredFrom })}</p>}
      {version.note !== undefined && <p>{version.note}</p>}
      <p className={styles.ways}>
        <button type="button" className={controls.link} aria-expanded={isOpen} onClick={onCompare}>
          {t('flows.compare', { version: version.version })}
        </button>
        <a href={flowsApi.fileUrl(detail.id, version.version)} download>
          {t('flows.download', { version: version.version })}
        </a>
      </p>
      {isOpen && <Comparison version={version.version} {...props} />}
    </li>
  )
}

function Comparison({ version, detail, flow, isDirty, doing, onMark, onOpen }: Props & { version: number }) {
  const t = useFlowsT()
  const workspace = useT()
  const { data, error } = useQuery(documentQuery(detail.id, version))
  const difference =
    data && differenceOf(asFlow(data.document), flow, { locale: t.locale, name: (step) => stepName(t, step) })
  const marks = difference && [...changesById(difference)].map(([id, change]) => `${id} ${change}`).join('\n')
  useEffect(() => {
    const pairs = (marks ?? '').split('\n').filter(Boolean)
    onMark(new Map(pairs.map((pair) => pair.split(' ') as [string, StepChange])))
    return () => onMark(new Map())
  }, [marks, onMark])
  if (error !== null) return <p role="alert">{errorText(workspace, error)}</p>
  if (!difference) return <Bones widths={[60]} />
  return (
    <div className={styles.comparison}>
      <p className={styles.quiet}>{t('flows.compared_with', { version })}</p>
      <DifferenceList difference={difference} onOpen={onOpen} />
      {detail.mayEdit && version !== detail.version && (
        <button
          type="button"
          className={controls.button}
          disabled={isDirty || doing.isBusy}
          onClick={() => doing.restore(version)}
        >
          {t('flows.restore', { version })}
        </button>
      )}
      {isDirty && <p className={styles.quiet}>{t('flows.restore_after_saving')}</p>}
    </div>
  )
}

/** Whether people get it, and how that ends. */
function Standing({ detail, onAsk }: Props) {
  const t = useFlowsT()
  return (
    <section className={styles.standing}>
      <h3>{t(`flows.state_${detail.state}`)}</h3>
      <p>{t(`flows.state_${detail.state}_about`)}</p>
      {detail.running > 0 && <p>{t('flows.running', { count: detail.running })}</p>}
      {detail.mayEdit && (
        <div className={styles.ways}>
          {detail.state === 'live' && (
            <button type="button" className={controls.button} onClick={() => onAsk('unpublish')}>
              {t('flows.unpublish')}
            </button>
          )}
          {detail.state !== 'disabled' && (
            <button type="button" className={controls.button} onClick={() => onAsk('disable')}>
              {t('flows.disable')}
            </button>
          )}
          {detail.isStarter && detail.isEdited && (
            <button type="button" className={controls.button} onClick={() => onAsk('reset')}>
              {t('flows.reset')}
            </button>
          )}
        </div>
      )}
    </section>
  )
}
