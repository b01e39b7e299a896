import {
  createWaterfallView,
  type Geometry,
  isFailingAt,
  positionAt,
  ticksOf,
  timeToX,
  type WaterfallView,
  type WaterfallWords,
} from '@clew/har/waterfall'
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { usePage } from '../page.ts'
import type { Cursor } from './use-cursor.ts'
import type { Timeline } from './use-timeline.ts'

interface DrawnProps {
  timeline: Timeline
  words: WaterfallWords
  cursor: Cursor
  scroller: RefObject<HTMLDivElement | null>
}

const look = { stackedBelow: 560, margin: 56 }

/** Every request on one line of a canvas; scrolling is the browser's own. */
export function Drawn({ timeline, words, cursor, scroller }: DrawnProps) {
  const { t } = usePage()
  const tall = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const geometry = useDrawing({ timeline, words, cursor, elements: { scroller, tall, canvas } })
  const rowHeight = geometry?.rowHeight ?? 24
  return (
    <>
      {geometry !== undefined && !geometry.stacked && <Head timeline={timeline} geometry={geometry} words={words} />}
      <div
        ref={scroller}
        class="rows"
        style={{ blockSize: `${Math.min(26, Math.max(3, timeline.rows.count)) * rowHeight + 2}px` }}
        tabIndex={0}
        role="listbox"
        aria-label={t('har-page.timeline')}
        aria-describedby="har-keys"
        aria-activedescendant={cursor.row >= 0 ? 'har-row' : undefined}
      >
        <div ref={tall} class="tall" role="presentation">
          <canvas ref={canvas} aria-hidden="true" />
          {timeline.rows.count > 0 && <CursorRow timeline={timeline} words={words} row={cursor.row} />}
        </div>
      </div>
      <p id="har-keys" class="visually-hidden">
        {t('har-page.waterfall_keys')}
      </p>
    </>
  )
}

type Drawing = Omit<DrawnProps, 'scroller'> & {
  elements: Record<'scroller' | 'tall', RefObject<HTMLDivElement | null>> & {
    canvas: RefObject<HTMLCanvasElement | null>
  }
}

/** Keeps the canvas in step with the timeline; answers with where its columns are. */
function useDrawing({ timeline, words, cursor, elements }: Drawing): Geometry | undefined {
  const { waterfall, rows, range, marked } = timeline
  const { scroller, tall, canvas } = elements
  const [view, setView] = useState<WaterfallView>()
  const [geometry, setGeometry] = useState<Geometry>()
  const latest = useRef({ timeline, cursor })
  latest.current = { timeline, cursor }
  useEffect(() => {
    if (!scroller.current || !tall.current || !canvas.current) return undefined
    const made = createWaterfallView(
      { scroller: scroller.current, tall: tall.current, canvas: canvas.current },
      {
        onPress: (row) => latest.current.cursor.press(row),
        onCommand: (asked) => latest.current.cursor.command(asked),
        onRange: (asked) => latest.current.timeline.setRange(asked),
        onGeometry: setGeometry,
      },
      look,
    )
    setView(made)
    return () => made.destroy()
  }, [scroller, tall, canvas])
  useEffect(() => {
    view?.show({ waterfall, rows, range, marked, cursor: cursor.row, words })
  }, [view, waterfall, rows, range, marked, cursor.row, words])
  useEffect(() => view?.reveal(cursor.row, true), [view, cursor.row])
  return geometry
}

/** Names over the columns, and times over the bars. */
function Head({
  timeline: { range },
  geometry,
  words,
}: {
  timeline: Timeline
  geometry: Geometry
  words: WaterfallWords
}) {
  const { t } = usePage()
  const { request, status, kind, size, duration, lane } = geometry
  const columns = { request, status, kind, size, duration }
  const names = ['request', 'status', 'kind', 'size', 'duration'] as const
  return (
    <div class="rowshead" aria-hidden="true">
      {names
        .filter((name) => columns[name].width > 0)
        .map((name) => (
          <span
            key={name}
            data-end={name === 'size' || name === 'duration' || undefined}
            style={{ insetInlineStart: `${columns[name].x}px`, inlineSize: `${columns[name].width}px` }}
          >
            {t(`har-page.column_${name}`)}
          </span>
        ))}
      {ticksOf(range, lane.width / 72)
        .map((ms) => ({ ms, x: timeToX(ms, range, lane.width) }))
        .filter(({ x }) => x <= lane.width - 32)
        .map(({ ms, x }) => (
          <span key={ms} class="num" style={{ insetInlineStart: `${lane.x + x}px` }}>
            {words.duration(ms)}
          </span>
        ))}
    </div>
  )
}

/** The one row that is told: assistive technology follows the cursor, since a canvas has no words. */
function CursorRow({ timeline, words, row }: { timeline: Timeline; words: WaterfallWords; row: number }) {
  const told = Math.max(0, row)
  return (
    <div
      id="har-row"
      role="option"
      class="visually-hidden"
      tabIndex={-1}
      aria-selected={row >= 0}
      aria-posinset={told + 1}
      aria-setsize={timeline.rows.count}
    >
      <RowInWords timeline={timeline} words={words} row={told} />
    </div>
  )
}

function RowInWords({
  timeline: { waterfall, rows },
  words,
  row,
}: {
  timeline: Timeline
  words: WaterfallWords
  row: number
}) {
  const { t } = usePage()
  const position = positionAt(rows, row)
  const entry = waterfall.entries[position]
  if (entry === undefined) {
    const fold = rows.folds[-1 - (rows.codes[row] ?? 0)]
    return <>{words.fold(fold?.positions.length ?? 0)}</>
  }
  const parts = [
    `${entry.index}. ${entry.method} ${entry.host}${entry.path}`,
    entry.status === 0 ? t('har-page.no_answer') : String(entry.status),
    ...(isFailingAt(waterfall, position) ? [t('har-page.entry_failed')] : []),
    words.duration(entry.timings.total),
    ...((waterfall.severities[position] ?? 0) > 0 ? [t('har-page.entry_found')] : []),
  ]
  return <>{parts.join(', ')}</>
}
