import { marksOf, phases, type WaterfallWords } from '@clew/har/waterfall'
import { usePage } from '../page.ts'
import type { Timeline } from './use-timeline.ts'

/** What the colours and lines mean, and how much is shown. */
export function Legend({ timeline: { waterfall, positions }, words }: { timeline: Timeline; words: WaterfallWords }) {
  const { t } = usePage()
  const marks = new Set(marksOf(waterfall).map(({ kind }) => kind))
  const bytes = positions.reduce((sum, position) => sum + Math.max(0, waterfall.entries[position]?.sizeBytes ?? 0), 0)
  return (
    <div class="legend">
      {phases.map((phase) => (
        <span key={phase}>
          <i data-phase={phase} aria-hidden="true" />
          {t(`har-page.phase_${phase}`)}
        </span>
      ))}
      <span>
        <i data-phase="failed" aria-hidden="true" />
        {t('har-page.phase_failed')}
      </span>
      {(['page', 'ready', 'loaded'] as const)
        .filter((kind) => marks.has(kind))
        .map((kind) => (
          <span key={kind}>
            <i data-mark={kind} aria-hidden="true" />
            {t(`har-page.mark_${kind}`)}
          </span>
        ))}
      <span class="sum" role="status">
        {t('har-page.entries_shown', { shown: positions.length, count: waterfall.count, size: words.size(bytes) })}
      </span>
    </div>
  )
}
