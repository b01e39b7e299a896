import { createOverview, isWhole, type OverviewView, type WaterfallWords } from '@clew/har/waterfall'
import { useEffect, useRef } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import styles from './overview.module.css'
import type { CaptureView } from './use-capture-view.ts'

/** The whole capture in one picture; dragging on it chooses a time. */
export function Overview({ view, words }: { view: CaptureView; words: WaterfallWords }) {
  const t = useT()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<OverviewView>(undefined)
  const { waterfall, range, marked, setRange } = view
  useEffect(() => {
    if (!canvas.current) return undefined
    const made = createOverview(canvas.current, { ruler: 16, onRange: setRange })
    drawn.current = made
    return () => made.destroy()
  }, [setRange])
  useEffect(
    () => drawn.current?.show({ waterfall, range, marked, label: words.duration }),
    [waterfall, range, marked, words],
  )
  return (
    <div className={styles.overview}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="img"
        aria-label={t('workspace.waterfall_summary', {
          count: waterfall.count,
          span: words.duration(waterfall.spanMs),
          failing: view.facets.only.failing,
        })}
        title={t('workspace.overview_hint')}
      />
      {!isWhole(range, waterfall.spanMs) && (
        <p className={styles.range}>
          <span>
            {t('workspace.range_shown', { from: words.duration(range.fromMs), to: words.duration(range.toMs) })}
          </span>
          <button
            type="button"
            className={controls.link}
            onClick={() => setRange({ fromMs: 0, toMs: waterfall.spanMs })}
          >
            {t('workspace.range_whole')}
          </button>
        </p>
      )}
    </div>
  )
}
