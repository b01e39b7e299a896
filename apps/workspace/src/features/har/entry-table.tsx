import type { CaptureEntry } from '@clew/contract/captures'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useT } from '../../app/i18n.tsx'
import { duration } from '../../app/sizes.ts'
import { cx } from '../../app/ui/cx.ts'
import { Shape, Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { useIsPhone } from '../../app/ui/use-is-phone.ts'
import type { TableRow } from './entry-filter.ts'
import styles from './entry-table.module.css'
import waterfall from './waterfall.module.css'
import { isFailing, phases, type Scale, scaleOf } from './waterfall.ts'
import { Bar } from './waterfall-strip.tsx'

type TableProps = {
  rows: readonly TableRow[]
  entries: readonly CaptureEntry[]
  selected: number | undefined
  onSelect(entry: number): void
  onUnfold(key: number): void
}

const laneWidth = 1000
const overscan = 12

/** Every request on one line, with its time beside it. Only the lines in sight are drawn. */
export function EntryTable({ rows, entries, selected, onSelect, onUnfold }: TableProps) {
  const t = useT()
  const scroller = useRef<HTMLDivElement>(null)
  const scale = scaleOf(entries, laneWidth)
  const rowHeight = useIsPhone() ? 44 : 24
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  })
  const at = rows.findIndex((row) => row.type === 'entry' && row.entry.index === selected)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable
    <div className={styles.scroll} ref={scroller} tabIndex={0} role="region" aria-label={t('workspace.entries')}>
      <div role="table" aria-label={t('workspace.entries')} aria-rowcount={rows.length + 1} className={styles.table}>
        <HeadRow scale={scale} />
        {rows.length === 0 && <p className={styles.none}>{t('workspace.entries_none')}</p>}
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const place = { transform: `translateY(${start}px)`, height: rowHeight }
            return row.type === 'fold' ? (
              <FoldRow key={`fold ${row.key}`} row={row} rowIndex={index + 2} place={place} onUnfold={onUnfold} />
            ) : (
              <EntryRow
                key={row.entry.index}
                entry={row.entry}
                rowIndex={index + 2}
                place={place}
                scale={scale}
                selected={row.entry.index === selected}
                onSelect={onSelect}
              />
            )
          })}
        </div>
      </div>
      <Legend />
    </div>
  )
}

function HeadRow({ scale }: { scale: Scale }) {
  const t = useT()
  return (
    <div role="row" aria-rowindex={1} className={cx(styles.row, styles.headRow)}>
      <span role="columnheader" className={styles.no}>
        {t('workspace.column_number')}
      </span>
      <span role="columnheader">{t('workspace.column_request')}</span>
      <span role="columnheader">{t('workspace.column_status')}</span>
      <span role="columnheader" className={styles.amount}>
        {t('workspace.column_time')}
      </span>
      <span role="columnheader" className={styles.ruler}>
        <span className={text.hidden}>{t('workspace.column_waterfall')}</span>
        {scale.ticksMs.map((ms) => (
          <i key={ms} style={{ insetInlineStart: `${scale.x(ms) / 10}%` }} aria-hidden="true">
            {duration(t, ms)}
          </i>
        ))}
      </span>
    </div>
  )
}

type Place = { transform: string; height: number }

function FoldRow({ row, rowIndex, place, onUnfold }: FoldProps) {
  const t = useT()
  const first = row.entries[0]?.index ?? 0
  const last = row.entries.at(-1)?.index ?? first
  return (
    <div role="row" aria-rowindex={rowIndex} className={cx(styles.row, styles.folded)} style={place}>
      <span role="cell" className={styles.no}>
        {first}–{last}
      </span>
      <span role="cell" className={styles.foldCell}>
        <button type="button" onClick={() => onUnfold(row.key)}>
          {t('workspace.entries_folded', { count: row.entries.length })}
        </button>
      </span>
    </div>
  )
}

type FoldProps = {
  row: Extract<TableRow, { type: 'fold' }>
  rowIndex: number
  place: Place
  onUnfold(key: number): void
}

function EntryRow({ entry, rowIndex, place, scale, selected, onSelect }: EntryRowProps) {
  const t = useT()
  const failing = isFailing(entry)
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={styles.row}
      style={place}
      data-failing={failing || undefined}
      data-selected={selected || undefined}
    >
      <span role="cell" className={styles.no}>
        {failing && (
          <span className={styles.failing}>
            <Shape name="major" />
            <span className={text.hidden}>{t('workspace.entry_failed')}</span>
          </span>
        )}
        {entry.index}
      </span>
      <span role="cell" className={styles.path}>
        <button
          type="button"
          onClick={() => onSelect(entry.index)}
          aria-current={selected ? 'true' : undefined}
          title={`${entry.method} ${entry.host}${entry.path}`}
        >
          {entry.method} {entry.path}
        </button>
      </span>
      <span role="cell" className={styles.code}>
        {entry.status === 0 ? t('workspace.no_answer_short') : entry.status}
      </span>
      <span role="cell" className={styles.amount}>
        {duration(t, entry.timings.total)}
      </span>
      <span role="cell" className={styles.laneCell}>
        <svg className={waterfall.lane} viewBox={`0 0 ${laneWidth} 24`} preserveAspectRatio="none" aria-hidden="true">
          <path className={styles.laneGrid} d={scale.ticksMs.map((ms) => `M${scale.x(ms)} 0V24`).join('')} />
          <g transform="translate(0 7)">
            <Bar entry={entry} x={scale.x} height={10} />
          </g>
        </svg>
      </span>
    </div>
  )
}

type EntryRowProps = {
  entry: CaptureEntry
  rowIndex: number
  place: Place
  scale: Scale
  selected: boolean
  onSelect(entry: number): void
}

function Legend() {
  const t = useT()
  return (
    <p className={styles.legend}>
      {phases.map((phase) => (
        <span key={phase}>
          <svg className={waterfall.swatch} viewBox="0 0 18 9" aria-hidden="true">
            <rect className={waterfall[phase]} x="0.5" y="0.5" width="17" height="8" />
          </svg>
          {t(`workspace.phase_${phase}`)}
        </span>
      ))}
      <Status shape="major" tone="major">
        {t('workspace.phase_failed')}
      </Status>
    </p>
  )
}
