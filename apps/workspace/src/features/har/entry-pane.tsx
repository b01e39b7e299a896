import type { CaptureEntry, CaptureSummary } from '@clew/contract/captures'
import { useT } from '../../app/i18n.tsx'
import { byteSize, duration } from '../../app/sizes.ts'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { cx } from '../../app/ui/cx.ts'
import pane from '../../app/ui/pane.module.css'
import { RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import styles from './entry-pane.module.css'
import { isFailing, segmentsOf } from './waterfall.ts'

type PaneProps = {
  entry: CaptureEntry | undefined
  capture: CaptureSummary
  onClose(): void
  onStep(by: 1 | -1): void
}

/** One request in full: asked, answered, timed. */
export function EntryPane({ entry, capture, onClose, onStep }: PaneProps) {
  const t = useT()
  if (entry === undefined)
    return (
      <div className={pane.head}>
        <h2>{t('workspace.entry')}</h2>
        <span className={text.muted}>{t('workspace.entry_choose')}</span>
      </div>
    )
  return (
    <>
      <div className={pane.head}>
        <h2>{t('workspace.entry_number', { entry: String(entry.index) })}</h2>
        <StatusOf entry={entry} />
        <span className={styles.steps}>
          <button
            type="button"
            className={controls.button}
            onClick={() => onStep(-1)}
            aria-label={t('workspace.entry_previous')}
          >
            ←
          </button>
          <button
            type="button"
            className={controls.button}
            onClick={() => onStep(1)}
            aria-label={t('workspace.entry_next')}
          >
            →
          </button>
          <button type="button" className={cx(controls.button, styles.close)} onClick={onClose}>
            {t('workspace.close')}
          </button>
        </span>
      </div>
      <div className={cx(pane.scroll, sideLedgerClass)}>
        <Request entry={entry} />
        <Why entry={entry} capture={capture} />
        <Times entry={entry} />
        <Answer entry={entry} />
      </div>
    </>
  )
}

function StatusOf({ entry }: { entry: CaptureEntry }) {
  const t = useT()
  const word = entry.status === 0 ? t('workspace.no_answer') : String(entry.status)
  return isFailing(entry) ? (
    <Status shape="major" tone="major">
      {word}
    </Status>
  ) : (
    <Status shape="ok" tone="ok">
      {word}
    </Status>
  )
}

function Request({ entry }: { entry: CaptureEntry }) {
  const t = useT()
  return (
    <RailRow as="section" className={styles.part} margin={t('workspace.margin_asked')}>
      <p className={cx(text.mono, styles.address)}>
        {entry.method} {entry.host}
        {entry.path}
      </p>
      <p className={cx(text.small, text.muted)}>
        {t.format.date(entry.startedAt, { dateStyle: 'medium', timeStyle: 'medium' })}
      </p>
    </RailRow>
  )
}

function Why({ entry, capture }: { entry: CaptureEntry; capture: CaptureSummary }) {
  const t = useT()
  const findings = capture.findings.filter(({ entries }) => entries.includes(entry.index))
  if (findings.length === 0) return null
  return (
    <RailRow as="section" className={styles.part} margin={t('workspace.margin_why')}>
      <ol className={styles.why}>
        {findings.map((finding) => (
          <li key={finding.rule}>{finding.message.agent[t.locale]}</li>
        ))}
      </ol>
    </RailRow>
  )
}

function Times({ entry }: { entry: CaptureEntry }) {
  const t = useT()
  return (
    <RailRow as="section" className={styles.part} margin={t('workspace.margin_time')}>
      <dl className={styles.pairs}>
        {segmentsOf(entry).map(({ phase, fromMs, toMs }) => (
          <div key={phase}>
            <dt>{t(`workspace.phase_${phase}`)}</dt>
            <dd>{duration(t, toMs - fromMs)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('workspace.time_total')}</dt>
          <dd>{duration(t, entry.timings.total)}</dd>
        </div>
      </dl>
    </RailRow>
  )
}

function Answer({ entry }: { entry: CaptureEntry }) {
  const t = useT()
  return (
    <RailRow as="section" className={styles.part} margin={t('workspace.margin_answer')}>
      {entry.error !== undefined && (
        <p className={text.small}>
          <Status shape="major" tone="major">
            <span className={text.mono}>{entry.error}</span>
          </Status>
        </p>
      )}
      <dl className={styles.pairs}>
        <div>
          <dt>{t('workspace.answer_type')}</dt>
          <dd>{entry.mediaType || '–'}</dd>
        </div>
        <div>
          <dt>{t('workspace.answer_size')}</dt>
          <dd>{byteSize(t, Math.max(0, entry.sizeBytes))}</dd>
        </div>
      </dl>
      <p className={cx(text.small, text.muted)}>{t('workspace.field_request_ids')}</p>
      {entry.requestIds.length === 0 ? (
        <p className={text.small}>{t('workspace.request_ids_none')}</p>
      ) : (
        entry.requestIds.map((id) => (
          <CopyButton key={id} value={id} label={t('workspace.copy_value', { value: id })} />
        ))
      )}
    </RailRow>
  )
}
