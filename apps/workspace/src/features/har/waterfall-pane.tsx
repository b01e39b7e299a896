import {
  createWaterfallView,
  type Geometry,
  isFailingAt,
  type KeyCommand,
  phaseLengths,
  phases,
  positionAt,
  type WaterfallEntry,
  type WaterfallView,
  type WaterfallWords,
} from '@clew/har/waterfall'
import { type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { type Translate, useT } from '../../app/i18n.tsx'
import text from '../../app/ui/text.module.css'
import { useIsPhone } from '../../app/ui/use-width.ts'
import type { CaptureView } from './use-capture-view.ts'
import { WaterfallHead } from './waterfall-head.tsx'
import styles from './waterfall-pane.module.css'

type PaneProps = {
  view: CaptureView
  words: WaterfallWords
  cursor: number
  scroller: RefObject<HTMLDivElement | null>
  onPress(row: number): void
  onCommand(command: KeyCommand): void
}

const stackedBelow = 560

/** Every request on one line of a canvas; scrolling is the browser's own. */
export function WaterfallPane({ view, words, cursor, scroller, onPress, onCommand }: PaneProps) {
  const t = useT()
  const tall = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const geometry = useDrawing({ view, words, cursor, onPress, onCommand, elements: { scroller, tall, canvas } })
  const optionId = useId()
  return (
    <div className={styles.waterfall}>
      {geometry !== undefined && !geometry.stacked && <WaterfallHead view={view} geometry={geometry} words={words} />}
      <div
        ref={scroller}
        className={styles.scroll}
        tabIndex={0}
        role="listbox"
        aria-label={t('workspace.entries')}
        aria-description={t('workspace.waterfall_keys')}
        aria-activedescendant={cursor >= 0 ? optionId : undefined}
      >
        <div ref={tall} className={styles.tall} role="presentation">
          <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
          {view.rows.count > 0 && <CursorRow id={optionId} view={view} words={words} cursor={cursor} />}
        </div>
      </div>
    </div>
  )
}

type Drawing = Omit<PaneProps, 'scroller'> & {
  elements: Record<'scroller' | 'tall', RefObject<HTMLDivElement | null>> & {
    canvas: RefObject<HTMLCanvasElement | null>
  }
}

/** Keeps the canvas in step with the view; answers with where its columns are. */
function useDrawing({ view, words, cursor, onPress, onCommand, elements }: Drawing): Geometry | undefined {
  const { waterfall, rows, range, marked, setRange } = view
  const { scroller, tall, canvas } = elements
  const t = useT()
  const margin = useIsPhone() ? 56 : 88
  const drawn = useRef<WaterfallView>(undefined)
  const [geometry, setGeometry] = useState<Geometry>()
  const press = useEffectEvent(onPress)
  const command = useEffectEvent(onCommand)
  const hover = useEffectEvent((row: number) => {
    const entry = waterfall.entries[positionAt(rows, row)]
    if (scroller.current) scroller.current.title = entry ? hintOf(t, words, entry) : ''
  })
  useEffect(() => {
    if (!scroller.current || !tall.current || !canvas.current) return undefined
    const made = createWaterfallView(
      { scroller: scroller.current, tall: tall.current, canvas: canvas.current },
      {
        onPress: (row) => press(row),
        onCommand: (asked) => command(asked),
        onHover: (row) => hover(row),
        onRange: setRange,
        onGeometry: setGeometry,
      },
      { stackedBelow, margin },
    )
    drawn.current = made
    return () => made.destroy()
  }, [scroller, tall, canvas, setRange, margin])
  useEffect(() => {
    drawn.current?.show({ waterfall, rows, range, marked, cursor, words })
  }, [waterfall, rows, range, marked, cursor, words, margin])
  useEffect(() => drawn.current?.reveal(cursor, true), [cursor])
  return geometry
}

/** What the pointer is told of a row: the whole address, and how long each phase took. */
function hintOf(t: Translate, words: WaterfallWords, { method, host, path, timings }: WaterfallEntry): string {
  const lengths = phaseLengths(timings)
  const taken = phases.flatMap((phase, at) => {
    const length = lengths[at] ?? 0
    return length > 0 ? [`${t(`workspace.phase_${phase}`)} ${words.duration(length)}`] : []
  })
  return `${method} ${host}${path}\n${taken.join(', ')}`
}

/** The one row that is told: assistive technology follows the cursor, since a canvas has no words. */
function CursorRow({
  id,
  view,
  words,
  cursor,
}: {
  id: string
  view: CaptureView
  words: WaterfallWords
  cursor: number
}) {
  const row = Math.max(0, cursor)
  return (
    <div
      id={id}
      role="option"
      className={text.hidden}
      tabIndex={-1}
      aria-selected={cursor >= 0}
      aria-posinset={row + 1}
      aria-setsize={view.rows.count}
    >
      <RowInWords view={view} words={words} row={row} />
    </div>
  )
}

/** The row with the cursor, for whoever hears it. */
function RowInWords({
  view: { waterfall, rows },
  words,
  row,
}: {
  view: CaptureView
  words: WaterfallWords
  row: number
}) {
  const t = useT()
  const position = positionAt(rows, row)
  const entry = waterfall.entries[position]
  if (entry === undefined) {
    const fold = rows.folds[-1 - (rows.codes[row] ?? 0)]
    return words.fold(fold?.positions.length ?? 0)
  }
  const parts = [
    `${entry.index}. ${entry.method} ${entry.host}${entry.path}`,
    entry.status === 0 ? t('workspace.no_answer') : String(entry.status),
    ...(isFailingAt(waterfall, position) ? [t('workspace.entry_failed')] : []),
    words.duration(entry.timings.total),
    ...((waterfall.severities[position] ?? 0) > 0 ? [t('workspace.entry_found')] : []),
  ]
  return parts.join(', ')
}
