import type { CaptureSummary, Finding } from '@clew/contract/captures'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import pane from '../../app/ui/pane.module.css'
import { RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { Removed } from './capture-card.tsx'
import styles from './findings-pane.module.css'
import { Severity } from './severity.tsx'
import type { CaptureView } from './use-capture-view.ts'

type PaneProps = {
  capture: CaptureSummary
  view: CaptureView
  current: number | undefined
  /** Opens an entry. */
  onEntry(entry: number): void
  /** Brings an entry into sight. */
  onShow(entry: number): void
}

export function FindingsPane({ capture, view, current, onEntry, onShow }: PaneProps) {
  const t = useT()
  const { findings, finding: chosen, setFinding } = view
  const choose = (at: number) => {
    const first = findings[at]?.entries[0]
    setFinding(at === chosen ? undefined : at)
    if (at !== chosen && first !== undefined) onShow(first)
  }
  return (
    <>
      <div className={pane.head}>
        <h2>{t('workspace.findings')}</h2>
        <span className={text.muted}>{t('workspace.findings_count', { count: findings.length })}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <div className={pane.scroll} tabIndex={0} role="region" aria-label={t('workspace.findings')}>
        <div className={cx(sideLedgerClass, styles.list)}>
          {findings.length === 0 && (
            <RailRow className={styles.finding}>
              <p>{t('workspace.no_findings')}</p>
            </RailRow>
          )}
          {findings.map((finding, at) => (
            <FindingBlock
              key={`${finding.rule} ${finding.entries.join()}`}
              finding={finding}
              number={at + 1}
              isChosen={at === chosen}
              current={current !== undefined && finding.entries.includes(current)}
              onChoose={() => choose(at)}
              onEntry={onEntry}
            />
          ))}
          {capture.undecidable.length > 0 && <OpenQuestions capture={capture} />}
          <RailRow className={styles.finding} margin={t('workspace.margin_clean')}>
            <Removed capture={capture} />
          </RailRow>
        </div>
      </div>
    </>
  )
}

/** What this copy cannot answer, so that nobody takes silence for health. */
function OpenQuestions({ capture }: { capture: CaptureSummary }) {
  const t = useT()
  return (
    <RailRow as="section" className={styles.finding} margin="?">
      <p className={text.small}>{t('workspace.undecidable')}</p>
      <ul className={cx(text.small, text.muted)}>
        {capture.undecidable.map(({ rule, why }) => (
          <li key={rule}>{why[t.locale]}</li>
        ))}
      </ul>
    </RailRow>
  )
}

type BlockProps = {
  finding: Finding
  number: number
  isChosen: boolean
  current: boolean
  onChoose(): void
  onEntry(entry: number): void
}

/** A finding; pressing it shows and highlights the requests that it is about. */
function FindingBlock({ finding, number, isChosen, current, onChoose, onEntry }: BlockProps) {
  const t = useT()
  return (
    <RailRow
      as="section"
      className={cx(styles.finding, (current || isChosen) && styles.current, isChosen && styles.chosen)}
      margin={number}
    >
      <p className={text.small}>
        <Severity severity={finding.severity} />
        {finding.nearReportedTime === true && (
          <span className={text.muted}> · {t('workspace.finding_near_reported_time')}</span>
        )}
      </p>
      {finding.entries.length === 0 ? (
        <p className={styles.message}>{finding.message.agent[t.locale]}</p>
      ) : (
        <button type="button" className={styles.message} aria-pressed={isChosen} onClick={onChoose}>
          {finding.message.agent[t.locale]}
        </button>
      )}
      {finding.nextStep !== undefined && <p className={cx(text.small, text.muted)}>{finding.nextStep[t.locale]}</p>}
      <p className={styles.entries}>
        {finding.entries.slice(0, 6).map((entry) => (
          <button key={entry} type="button" className={controls.link} onClick={() => onEntry(entry)}>
            {t('workspace.entry_number', { entry: String(entry) })}
          </button>
        ))}
        {finding.entries.length > 6 && (
          <span className={text.muted}>{t('workspace.and_more', { count: finding.entries.length - 6 })}</span>
        )}
      </p>
    </RailRow>
  )
}
