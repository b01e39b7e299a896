import { type Geometry, type SortKey, ticksOf, timeToX, type WaterfallWords } from '@clew/har/waterfall'
import { useT } from '../../app/i18n.tsx'
import { cx } from '../../app/ui/cx.ts'
import type { CaptureView } from './use-capture-view.ts'
import styles from './waterfall-pane.module.css'

type HeadProps = { view: CaptureView; geometry: Geometry; words: WaterfallWords }

/** Names over the columns, which sort, and times over the bars. */
export function WaterfallHead({ view, geometry, words }: HeadProps) {
  const t = useT()
  const { margin, request, status, kind, size, duration, lane } = geometry
  return (
    <div className={styles.head}>
      <SortButton view={view} by="start" x={0} width={margin.width} end={20} label={t('workspace.column_number')} />
      <SortButton view={view} by="request" x={request.x} width={request.width} label={t('workspace.column_request')} />
      <SortButton view={view} by="status" x={status.x} width={status.width} label={t('workspace.column_status')} />
      {kind.width > 0 && (
        <SortButton view={view} by="kind" x={kind.x} width={kind.width} label={t('workspace.column_kind')} />
      )}
      {size.width > 0 && (
        <SortButton view={view} by="size" x={size.x} width={size.width} end={12} label={t('workspace.column_size')} />
      )}
      <SortButton
        view={view}
        by="duration"
        x={duration.x}
        width={duration.width}
        end={8}
        label={t('workspace.column_time')}
      />
      <Ruler view={view} x={lane.x} width={lane.width} words={words} />
    </div>
  )
}

type SortProps = { view: CaptureView; by: SortKey; x: number; width: number; end?: number; label: string }

function SortButton({ view: { sorting, setSorting }, by, x, width, end, label }: SortProps) {
  const t = useT()
  const isActive = sorting.key === by
  const direction = isActive && by !== 'start' ? (sorting.descending ? ' ↓' : ' ↑') : ''
  // The largest first is what people sort by sizes and times for.
  const first = by === 'size' || by === 'duration' || by === 'status'
  return (
    <button
      type="button"
      className={cx(styles.column, end !== undefined && styles.toEnd)}
      style={{ insetInlineStart: x, width, paddingInlineEnd: end ?? 0 }}
      aria-pressed={isActive}
      title={t('workspace.sort_by', { column: label })}
      onClick={() => setSorting({ key: by, descending: isActive ? !sorting.descending : first })}
    >
      {label}
      {direction}
    </button>
  )
}

function Ruler({
  view: { range, waterfall },
  x,
  width,
  words,
}: {
  view: CaptureView
  x: number
  width: number
  words: WaterfallWords
}) {
  const { breakMs } = waterfall
  const at = (ms: number) => timeToX(ms, range, width)
  const isInSight = breakMs !== undefined && breakMs >= range.fromMs && breakMs <= range.toMs
  const breakX = isInSight ? Math.min(at(breakMs), width - 48) : Number.NEGATIVE_INFINITY
  return (
    <div className={styles.ruler} style={{ insetInlineStart: x, width }} aria-hidden="true">
      {ticksOf(range, width / 72).map((ms) => (
        <span
          key={ms}
          style={{ insetInlineStart: at(ms) }}
          data-hidden={Math.abs(at(ms) - breakX) < 52 || at(ms) > width - 40 || undefined}
        >
          {words.duration(ms)}
        </span>
      ))}
      {isInSight && (
        <span className={styles.break} style={{ insetInlineStart: breakX }}>
          {words.duration(breakMs)}
        </span>
      )}
    </div>
  )
}
