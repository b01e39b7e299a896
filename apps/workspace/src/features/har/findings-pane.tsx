import type { CaptureSummary, Finding } from '@clew/contract/captures'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import pane from '../../app/ui/pane.module.css'
import { RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { Removed } from './capture-card.tsx'
import { bySeverity } from './findings-model.ts'
import styles from './findings-pane.module.css'
import { Severity } from './severity.tsx'

type PaneProps = { capture: CaptureSummary; current: number | undefined; onEntry(entry: number): void }

export function FindingsPane({ capture, current, onEntry }: PaneProps) {
  const t = useT()
  const findings = capture.findings.toSorted(bySeverity)
  return (
    <>
      <div className={pane.head}>
        <h2>{t('workspace.findings')}</h2>
        <span className={text.muted}>{t('workspace.findings_count', { count: findings.length })}</span>
      </div>
      <div className={cx(pane.scroll, sideLedgerClass, styles.list)}>
        {findings.length === 0 && (
          <RailRow className={styles.finding}>
            <p>{t('workspace.no_findings')}</p>
          </RailRow>
        )}
        {findings.map((finding, index) => (
          <FindingBlock
            key={`${finding.rule} ${finding.entries.join()}`}
            finding={finding}
            number={index + 1}
            current={current !== undefined && finding.entries.includes(current)}
            onEntry={onEntry}
          />
        ))}
        <RailRow className={styles.finding} margin={t('workspace.margin_clean')}>
          <Removed capture={capture} />
        </RailRow>
      </div>
    </>
  )
}

type BlockProps = { finding: Finding; number: number; current: boolean; onEntry(entry: number): void }

function FindingBlock({ finding, number, current, onEntry }: BlockProps) {
  const t = useT()
  return (
    <RailRow as="section" className={cx(styles.finding, current && styles.current)} margin={number}>
      <p className={text.small}>
        <Severity severity={finding.severity} />
      </p>
      <p className={styles.message}>{finding.message.agent[t.locale]}</p>
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
