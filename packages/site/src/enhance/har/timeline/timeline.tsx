import type { WaterfallWords } from '@clew/har/waterfall'
import { useMemo, useRef, useState } from 'preact/hooks'
import type { CleanCapture } from '../messages.ts'
import { usePage, type Words } from '../page.ts'
import { writeDuration, writeSize } from '../sizes.ts'
import { Drawn } from './drawn.tsx'
import { EntryPane } from './entry-pane.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Legend } from './legend.tsx'
import { Overview } from './overview.tsx'
import { EntriesTable } from './table.tsx'
import { useCursor } from './use-cursor.ts'
import { useTimeline } from './use-timeline.ts'

export interface TimelineProps {
  result: CleanCapture
  /** The finding whose requests are marked. */
  finding: number | undefined
  onFinding(finding: number | undefined): void
}

/** Every request of the clean copy on a line of its own, drawn or as a table. */
export function Timeline({ result, finding, onFinding }: TimelineProps) {
  const { t } = usePage()
  const words = useMemo(() => wordsOf(t), [t])
  const timeline = useTimeline(result, finding)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const cursor = useCursor({ timeline, scroller, search, pane, onFinding })
  const [asTable, setAsTable] = useState(false)
  const entry = result.rows.find(({ index }) => index === cursor.open)
  return (
    <div class="timeline" data-entry={entry !== undefined || undefined}>
      <FilterBar timeline={timeline} search={search} asTable={asTable} onAsTable={setAsTable} />
      <Overview timeline={timeline} words={words} />
      {asTable ? (
        <EntriesTable timeline={timeline} words={words} open={cursor.open} onOpen={cursor.openEntry} />
      ) : (
        <Drawn timeline={timeline} words={words} cursor={cursor} scroller={scroller} />
      )}
      {timeline.rows.count === 0 && (
        <p class="nothing" role="status">
          {t('har-page.entries_none')}{' '}
          <button type="button" class="linkish" onClick={timeline.reset}>
            {t('har-page.filter_reset')}
          </button>
        </p>
      )}
      <Legend timeline={timeline} words={words} />
      {entry !== undefined && (
        <EntryPane key={entry.index} entry={entry} result={result} words={words} pane={pane} cursor={cursor} />
      )}
    </div>
  )
}

const wordsOf = (t: Words): WaterfallWords => ({
  noAnswer: t('har-page.no_answer_short'),
  duration: (ms) => writeDuration(ms, t),
  size: (bytes) => writeSize(bytes, t),
  kind: (kind) => t(`har-page.kindof_${kind}`),
  fold: (count) => t('har-page.entries_folded', { count }),
})
