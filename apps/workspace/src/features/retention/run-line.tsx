import type { RetentionRunList } from '@clew/contract/retention'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, longSpan, useNow } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { Certificate } from './certificate.tsx'
import styles from './retention.module.css'
import { useRetentionT } from './words.ts'

type Run = RetentionRunList['runs'][number]

/** One run: what it deleted and kept, or how far it has come. */
export function RunLine({ run }: { run: Run }) {
  const shell = useT()
  return (
    <RailRow
      className={styles.line}
      margin={
        <time dateTime={run.startedAt} title={fullMoment(shell, run.startedAt)}>
          {shell.format.date(run.startedAt, { day: 'numeric', month: 'short' })}
        </time>
      }
    >
      {run.state === 'running' ? <GoingOn run={run} /> : <Done run={run} />}
    </RailRow>
  )
}

const sumOf = ({ classes }: Run, of: 'deleted' | 'held'): number =>
  classes.reduce((total, each) => total + each[of].count, 0)

function Done({ run }: { run: Run }) {
  const t = useRetentionT()
  const shell = useT()
  return (
    <>
      <div>
        {t('console-retention.run_line', { deleted: sumOf(run, 'deleted'), held: sumOf(run, 'held') })}
        <small>
          {t(`console-retention.run_${run.reason}`)}
          {run.classes
            .filter((each) => each.deleted.count > 0)
            .map((each) => ` · ${t(`console-retention.kind_${each.class}`)} ${shell.format.number(each.deleted.count)}`)
            .join('')}
        </small>
      </div>
      {run.certificateId !== undefined && <CertificateButton id={run.certificateId} />}
    </>
  )
}

export function CertificateButton({ id }: { id: string }) {
  const t = useRetentionT()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={cx(controls.link, text.push)} onClick={() => setOpen(true)}>
        {t('console-retention.certificate')}
      </button>
      {isOpen && <Certificate id={id} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Kind after kind: those that are done are filled, the one that it is at is half. */
function GoingOn({ run }: { run: Run }) {
  const t = useRetentionT()
  const shell = useT()
  const now = useNow(5_000)
  const done = run.classes.filter(({ isDone }) => isDone).length
  const at = run.classes.find(({ isDone }) => !isDone)
  return (
    <div role="status">
      <Status shape="degraded" tone="pine">
        {t('console-retention.run_running')}
      </Status>{' '}
      {at && t('console-retention.run_at', { kind: t(`console-retention.kind_${at.class}`) })}
      <span className={styles.progress} aria-hidden="true">
        {run.classes.map((each) => (
          <i key={each.class} data-is={each.isDone ? 'done' : each === at ? 'now' : undefined} />
        ))}
      </span>
      <small>
        {t('console-retention.run_so_far', {
          done,
          all: run.classes.length,
          deleted: sumOf(run, 'deleted'),
          span: longSpan(shell, now - Date.parse(run.startedAt)),
        })}
      </small>
    </div>
  )
}
