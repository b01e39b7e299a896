import { createOverview, isWhole, type OverviewView, type WaterfallWords } from '@clew/har/waterfall'
import { useEffect, useRef, useState } from 'preact/hooks'
import { usePage } from '../page.ts'
import type { Timeline } from './use-timeline.ts'

/** The whole capture in one picture; dragging on it chooses a time. */
export function Overview({ timeline, words }: { timeline: Timeline; words: WaterfallWords }) {
  const { t } = usePage()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [view, setView] = useState<OverviewView>()
  const { waterfall, range, marked, setRange, facets } = timeline
  useEffect(() => {
    if (!canvas.current) return undefined
    const made = createOverview(canvas.current, { ruler: 16, onRange: setRange })
    setView(made)
    return () => made.destroy()
  }, [setRange])
  useEffect(
    () => view?.show({ waterfall, range, marked, label: words.duration }),
    [view, waterfall, range, marked, words],
  )
  return (
    <div class="overview">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('har-page.waterfall_summary', {
          count: waterfall.count,
          span: words.duration(waterfall.spanMs),
          failing: facets.only.failing,
        })}
        title={t('har-page.overview_hint')}
      />
      {!isWhole(range, waterfall.spanMs) && (
        <p class="echo">
          {t('har-page.range_shown', { from: words.duration(range.fromMs), to: words.duration(range.toMs) })}{' '}
          <button type="button" class="linkish" onClick={() => setRange({ fromMs: 0, toMs: waterfall.spanMs })}>
            {t('har-page.range_whole')}
          </button>
        </p>
      )}
    </div>
  )
}
