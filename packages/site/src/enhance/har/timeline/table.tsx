import { isFailingAt, kindAt, phaseLengths, phases, startAt, type WaterfallWords } from '@clew/har/waterfall'
import { useState } from 'preact/hooks'
import { Shape } from '../../../rail.tsx'
import { usePage } from '../page.ts'
import type { Timeline } from './use-timeline.ts'

interface TableProps {
  timeline: Timeline
  words: WaterfallWords
  open: number | undefined
  onOpen(index: number): void
}

const rowsOfPage = 100
const columns = ['request', 'status', 'finding', 'kind', 'size', 'start', 'duration'] as const

/** The same in words and numbers: a real table, one page at a time. */
export function EntriesTable({ timeline, words, open, onOpen }: TableProps) {
  const { t } = usePage()
  const [asked, setPage] = useState(0)
  const { positions } = timeline
  const pages = Math.max(1, Math.ceil(positions.length / rowsOfPage))
  const page = Math.min(asked, pages - 1)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be focusable */}
      <div class="entriestable" tabIndex={0} role="region" aria-label={t('har-page.as_table')}>
        <table>
          <caption>{t('har-page.table_caption')}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`har-page.column_${column}`)}
                </th>
              ))}
              {phases.map((phase) => (
                <th key={phase} scope="col">
                  {t(`har-page.phase_${phase}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...positions.subarray(page * rowsOfPage, (page + 1) * rowsOfPage)].map((position) => (
              <EntryRow key={position} {...{ timeline, words, position, open, onOpen }} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav class="btns" aria-label={t('har-page.table_pages')}>
          <button type="button" class="btn" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t('har-page.table_back')}
          </button>
          <span role="status">{t('har-page.table_page', { page: page + 1, pages })}</span>
          <button type="button" class="btn" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {t('har-page.table_next')}
          </button>
        </nav>
      )}
    </>
  )
}

const severityOfRank = [undefined, 'low', 'medium', 'high'] as const

function EntryRow({
  timeline: { waterfall, marked },
  words,
  position,
  open,
  onOpen,
}: TableProps & { position: number }) {
  const { t } = usePage()
  const entry = waterfall.entries[position]
  if (entry === undefined) return null
  const severity = severityOfRank[waterfall.severities[position] ?? 0]
  return (
    <tr data-marked={marked[position] === 1 || undefined}>
      <th scope="row">
        <button
          type="button"
          class="linkish"
          aria-current={entry.index === open ? 'true' : undefined}
          onClick={() => onOpen(entry.index)}
        >
          {entry.method} {entry.host}
          {entry.path}
        </button>
      </th>
      <td>
        {isFailingAt(waterfall, position) && (
          <span class="major">
            <Shape name="major" />{' '}
          </span>
        )}
        {entry.status === 0 ? t('har-page.no_answer') : entry.status}
      </td>
      <td>{severity && t(`har-page.severity_${severity}`)}</td>
      <td>{words.kind(kindAt(waterfall, position))}</td>
      <td>{entry.sizeBytes > 0 ? words.size(entry.sizeBytes) : '–'}</td>
      <td>{words.duration(startAt(waterfall, position))}</td>
      <td>{words.duration(entry.timings.total)}</td>
      {phaseLengths(entry.timings).map((length, at) => (
        <td key={phases[at]}>{length > 0 ? words.duration(length) : '–'}</td>
      ))}
    </tr>
  )
}
