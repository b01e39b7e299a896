import {
  isFailingAt,
  kindAt,
  phaseLengths,
  phases,
  positionAt,
  startAt,
  type WaterfallEntry,
  type WaterfallWords,
} from '@clew/har/waterfall'
import { useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { Status } from '../../app/ui/status.tsx'
import styles from './entries-table.module.css'
import { Severity } from './severity.tsx'
import type { CaptureView } from './use-capture-view.ts'

type TableProps = {
  view: CaptureView
  words: WaterfallWords
  selected: number | undefined
  onOpen(index: number): void
}

const rowsOfPage = 100

/** The same in words and numbers: a real table, one page at a time. */
export function EntriesTable({ view, words, selected, onOpen }: TableProps) {
  const t = useT()
  const [asked, setPage] = useState(0)
  const positions = positionsOf(view)
  const pages = Math.max(1, Math.ceil(positions.length / rowsOfPage))
  const page = Math.min(asked, pages - 1)
  const shown = positions.slice(page * rowsOfPage, (page + 1) * rowsOfPage)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('workspace.entries')}>
        <table className={styles.table}>
          <caption>{t('workspace.table_caption')}</caption>
          <thead>
            <tr>
              {(['number', 'request', 'status', 'finding', 'kind', 'size', 'start', 'time'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`workspace.column_${column}`)}
                </th>
              ))}
              {phases.map((phase) => (
                <th key={phase} scope="col">
                  {t(`workspace.phase_${phase}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((position) => (
              <EntryRow key={position} {...{ view, words, position, selected, onOpen }} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && <Pager page={page} pages={pages} onPage={setPage} />}
    </>
  )
}

/** Folds are for the eye: here every entry is a row. */
function positionsOf({ rows }: CaptureView): number[] {
  return Array.from({ length: rows.count }, (_, row) => {
    const position = positionAt(rows, row)
    return position >= 0 ? [position] : [...(rows.folds[-1 - (rows.codes[row] ?? 0)]?.positions ?? [])]
  }).flat()
}

type RowProps = TableProps & { position: number }

const severityOfRank = [undefined, 'low', 'medium', 'high'] as const

function EntryRow({ view: { waterfall }, words, position, selected, onOpen }: RowProps) {
  const t = useT()
  const entry = waterfall.entries[position]
  if (entry === undefined) return null
  const code = entry.status === 0 ? t('workspace.no_answer') : entry.status
  const severity = severityOfRank[waterfall.severities[position] ?? 0]
  return (
    <tr data-selected={entry.index === selected || undefined}>
      <td>{entry.index}</td>
      <th scope="row">
        <button
          type="button"
          className={controls.link}
          onClick={() => onOpen(entry.index)}
          aria-current={entry.index === selected ? 'true' : undefined}
        >
          {entry.method} {entry.host}
          {entry.path}
        </button>
      </th>
      <td>
        {isFailingAt(waterfall, position) ? (
          <Status shape="major" tone="major">
            {code}
          </Status>
        ) : (
          code
        )}
      </td>
      <td>{severity && <Severity severity={severity} />}</td>
      <td>{words.kind(kindAt(waterfall, position))}</td>
      <td>{entry.sizeBytes > 0 ? words.size(entry.sizeBytes) : '–'}</td>
      <td>{words.duration(startAt(waterfall, position))}</td>
      <td>{words.duration(entry.timings.total)}</td>
      <PhaseCells entry={entry} words={words} />
    </tr>
  )
}

function PhaseCells({ entry, words }: { entry: WaterfallEntry; words: WaterfallWords }) {
  return phaseLengths(entry.timings).map((length, at) => (
    <td key={phases[at]}>{length > 0 ? words.duration(length) : '–'}</td>
  ))
}

function Pager({ page, pages, onPage }: { page: number; pages: number; onPage(page: number): void }) {
  const t = useT()
  return (
    <nav className={styles.pager} aria-label={t('workspace.table_pages')}>
      <button type="button" className={controls.button} disabled={page === 0} onClick={() => onPage(page - 1)}>
        {t('workspace.table_back')}
      </button>
      <span role="status">{t('workspace.table_page', { page: page + 1, pages })}</span>
      <button type="button" className={controls.button} disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        {t('workspace.table_next')}
      </button>
    </nav>
  )
}
