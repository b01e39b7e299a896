import { marksOf, phasesIn, type Waterfall } from '@clew/har/waterfall'
import { useT } from '../../app/i18n.tsx'
import { byteSize } from '../../app/sizes.ts'
import { useIsPhone } from '../../app/ui/use-width.ts'
import styles from './legend.module.css'
import type { CaptureView } from './use-capture-view.ts'

/** What the colours and lines mean, and how much is shown. */
export function Legend({ view: { waterfall, shown, shownBytes } }: { view: CaptureView }) {
  const t = useT()
  const phone = useIsPhone()
  return (
    <footer className={styles.legend}>
      {phone ? (
        <details className={styles.folded}>
          <summary>{t('workspace.legend')}</summary>
          <Keys waterfall={waterfall} />
        </details>
      ) : (
        <Keys waterfall={waterfall} />
      )}
      <p className={styles.sum} role="status">
        {t('workspace.entries_shown', { shown, count: waterfall.count, size: byteSize(t, shownBytes) })}
      </p>
    </footer>
  )
}

function Keys({ waterfall }: { waterfall: Waterfall }) {
  const t = useT()
  const marks = new Set(marksOf(waterfall).map(({ kind }) => kind))
  return (
    <p className={styles.keys}>
      {phasesIn(waterfall).map((phase) => (
        <span key={phase}>
          <i data-phase={phase} aria-hidden="true" />
          {t(`workspace.phase_${phase}`)}
        </span>
      ))}
      {waterfall.broken.some((phase) => phase >= 0) && (
        <span>
          <i data-phase="failed" aria-hidden="true" />
          {t('workspace.phase_failed')}
        </span>
      )}
      {(['page', 'ready', 'loaded'] as const)
        .filter((kind) => marks.has(kind))
        .map((kind) => (
          <span key={kind}>
            <i data-mark={kind} aria-hidden="true" />
            {t(`workspace.mark_${kind}`)}
          </span>
        ))}
    </p>
  )
}
