import { ClewError } from '@clew/client/http'
import type { CaptureDetail, CaptureEntry } from '@clew/contract/captures'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useKeys } from '../../app/keys.tsx'
import { captureQuery } from '../../app/queries.ts'
import { duration } from '../../app/sizes.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { useIsPhone } from '../../app/ui/use-is-phone.ts'
import styles from './capture-screen.module.css'
import { type EntryFilter, filterEntries, filtersFor, foldHealthy, type TableRow } from './entry-filter.ts'
import { EntryPane } from './entry-pane.tsx'
import { EntryTable } from './entry-table.tsx'
import { FindingsPane } from './findings-pane.tsx'
import { isFailing } from './waterfall.ts'

type ScreenProps = {
  conversationId: string
  captureId: string
  /** The entry in the address, so that a colleague can be sent to it. */
  entry: number | undefined
  /** The number of the conversation, once known. */
  back: string | undefined
  onEntry(entry: number | undefined): void
}

/** The capture in full: findings, waterfall, entry. */
export function CaptureScreen(props: ScreenProps) {
  const t = useT()
  const { data, error, refetch } = useQuery(captureQuery(props.captureId))
  if (data !== undefined) return <Loaded detail={data} {...props} />
  const pending = error instanceof ClewError && error.code === 'capture.pending'
  return (
    <main className={cx(styles.wait, ledgerClass)} aria-busy={error === null}>
      <RailRow margin={<BackLink conversationId={props.conversationId} label={props.back} />}>
        <p className={text.effect}>
          {error === null || pending ? t('workspace.capture_being_read') : errorText(t, error)}
        </p>
        {error !== null && (
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {t('workspace.try_again')}
          </button>
        )}
      </RailRow>
    </main>
  )
}

function Loaded({ detail, conversationId, entry, back, onEntry }: ScreenProps & { detail: CaptureDetail }) {
  const t = useT()
  const phone = useIsPhone()
  const { capture, entries } = detail
  const table = useTable(
    entries,
    capture.findings.flatMap((finding) => finding.entries),
  )
  const at = table.visible.findIndex(({ index }) => index === entry)
  const selected = entries.find(({ index }) => index === entry)
  const step = (by: number) => onEntry(table.visible[Math.max(0, at + by)]?.index ?? entry)
  useKeys({ next: () => step(1), previous: () => step(-1) })

  return (
    <div className={styles.panes} data-pane={selected === undefined ? 'table' : 'entry'}>
      <aside className={styles.findings} aria-label={t('workspace.findings')}>
        <FindingsPane capture={capture} current={entry} onEntry={onEntry} />
      </aside>
      <main className={styles.main} id="main">
        <div className={cx(ledgerClass, styles.ledger)}>
          <Head detail={detail} back={<BackLink conversationId={conversationId} label={back} />} />
          <Tools table={table} />
          <EntryTable rows={table.rows} entries={entries} selected={entry} onSelect={onEntry} onUnfold={table.unfold} />
        </div>
      </main>
      <div
        className={styles.entry}
        role={phone && selected !== undefined ? 'main' : 'complementary'}
        aria-label={t('workspace.entry')}
      >
        {phone && <h1 className={text.hidden}>{capture.name}</h1>}
        <EntryPane entry={selected} capture={capture} onClose={() => onEntry(undefined)} onStep={step} />
      </div>
    </div>
  )
}

type Table = {
  readonly rows: readonly TableRow[]
  readonly visible: readonly CaptureEntry[]
  readonly filters: ReturnType<typeof filtersFor>
  readonly filter: EntryFilter
  readonly text: string
  setFilter(filter: EntryFilter): void
  setText(text: string): void
  unfold(key: number): void
}

function useTable(entries: readonly CaptureEntry[], found: readonly number[]): Table {
  const [filter, setFilter] = useState<EntryFilter>('all')
  const [words, setText] = useState('')
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const visible = filterEntries(entries, filter, words)
  const searching = filter !== 'all' || words.trim() !== ''
  const inFindings = new Set(found)
  const matters = (entry: CaptureEntry) => isFailing(entry) || inFindings.has(entry.index)
  const rows = searching
    ? visible.map((entry) => ({ type: 'entry', entry }) as const)
    : foldHealthy(visible, matters, opened)
  const unfold = (key: number) => setOpened(new Set([...opened, key]))
  return { rows, visible, filters: filtersFor(entries), filter, text: words, setFilter, setText, unfold }
}

function BackLink({ conversationId, label }: { conversationId: string; label: string | undefined }) {
  const t = useT()
  return (
    <Link to="/c/$conversationId" params={{ conversationId }} search={({ view }) => ({ view })}>
      {label === undefined ? t('workspace.back') : <span className={text.mono}>{label}</span>}
    </Link>
  )
}

function Head({ detail, back }: { detail: CaptureDetail; back: ReactNode }) {
  const t = useT()
  const { capture, entries } = detail
  const started = entries[0]?.startedAt
  return (
    <RailRow as="header" className={styles.head} marginClass={styles.back} margin={back}>
      <h1>{capture.name}</h1>
      <p className={styles.about}>
        <span>{t('workspace.capture_facts', { count: capture.entries, span: duration(t, capture.spanMs) })}</span>
        {started !== undefined && (
          <span className={text.muted}>{t.format.date(started, { dateStyle: 'medium', timeStyle: 'medium' })}</span>
        )}
      </p>
    </RailRow>
  )
}

function Tools({ table }: { table: Table }) {
  const t = useT()
  return (
    <RailRow className={styles.tools}>
      <div className={styles.filters}>
        <div className={styles.chips} role="group" aria-label={t('workspace.entries_show')}>
          {table.filters.map(({ filter, count }) => (
            <button
              key={filter}
              type="button"
              aria-pressed={table.filter === filter}
              onClick={() => table.setFilter(filter)}
            >
              {t('workspace.filter_with_count', { filter: t(`workspace.filter_${filter}`), count })}
            </button>
          ))}
        </div>
        <input
          type="search"
          className={cx(controls.field, styles.search)}
          value={table.text}
          onChange={(event) => table.setText(event.target.value)}
          aria-label={t('workspace.entries_search')}
          placeholder={t('workspace.entries_search')}
        />
      </div>
    </RailRow>
  )
}
