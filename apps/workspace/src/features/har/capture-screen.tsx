import { ClewError } from '@clew/client/http'
import type { CaptureDetail } from '@clew/contract/captures'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { keep, readKept } from '../../app/preferences.ts'
import { captureQuery } from '../../app/queries.ts'
import { duration } from '../../app/sizes.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { useIsPhone } from '../../app/ui/use-width.ts'
import styles from './capture-screen.module.css'
import { EntriesTable } from './entries-table.tsx'
import { EntryPane } from './entry-pane.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FindingsPane } from './findings-pane.tsx'
import { Legend } from './legend.tsx'
import { Overview } from './overview.tsx'
import { type CaptureView, useCaptureView } from './use-capture-view.ts'
import { type Cursor, useCursor } from './use-cursor.ts'
import { useIsNarrow } from './use-is-narrow.ts'
import { useWords } from './use-words.ts'
import { WaterfallPane } from './waterfall-pane.tsx'

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
  const { data, error, refetch } = useQuery(captureQuery(props.captureId))
  if (data !== undefined) return <Loaded key={props.captureId} detail={data} {...props} />
  const back = <BackLink conversationId={props.conversationId} label={props.back} />
  return <Waiting back={back} error={error} onRetry={() => void refetch()} />
}

function Waiting({ back, error, onRetry }: { back: ReactNode; error: Error | null; onRetry(): void }) {
  const t = useT()
  const isReading = error === null || (error instanceof ClewError && error.code === 'capture.pending')
  return (
    <main className={cx(styles.wait, ledgerClass)} aria-busy={error === null}>
      <RailRow margin={back}>
        <p className={text.effect} role={error === null ? 'status' : 'alert'}>
          {isReading ? t('workspace.capture_being_read') : errorText(t, error)}
        </p>
        {error === null && <Bones widths={[70, 55, 62, 40, 66, 48]} />}
        {error !== null && (
          <button type="button" className={controls.button} onClick={onRetry}>
            {t('workspace.try_again')}
          </button>
        )}
      </RailRow>
    </main>
  )
}

const tableKey = 'clew:capture-as-table'

function Loaded({ detail, conversationId, entry, back, onEntry }: ScreenProps & { detail: CaptureDetail }) {
  const t = useT()
  const phone = useIsPhone()
  const narrow = useIsNarrow()
  const view = useCaptureView(detail, entry)
  const search = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const pane = useRef<HTMLDivElement>(null)
  const cursor = useCursor({ view, entry, onEntry, search, scroller, pane })
  const selected = detail.entries.find(({ index }) => index === entry)
  const findings = (
    <FindingsPane capture={detail.capture} view={view} current={entry} onEntry={cursor.open} onShow={cursor.goTo} />
  )
  return (
    <div className={styles.panes} data-pane={selected === undefined ? 'table' : 'entry'}>
      {!narrow && (
        <aside className={styles.findings} aria-label={t('workspace.findings')}>
          {findings}
        </aside>
      )}
      <main className={styles.main} id="main">
        <div className={cx(ledgerClass, styles.ledger)}>
          <Head detail={detail} back={<BackLink conversationId={conversationId} label={back} />} />
          {narrow && <FoldedFindings count={view.findings.length}>{findings}</FoldedFindings>}
          <Requests view={view} entry={entry} cursor={cursor} search={search} scroller={scroller} />
        </div>
      </main>
      {selected !== undefined && (
        <div
          ref={pane}
          className={styles.entry}
          role={phone ? 'main' : 'complementary'}
          aria-label={t('workspace.entry')}
          tabIndex={-1}
        >
          {phone && <h1 className={text.hidden}>{detail.capture.name}</h1>}
          <EntryPane entry={selected} capture={detail.capture} onClose={cursor.close} onStep={cursor.step} />
        </div>
      )}
    </div>
  )
}

type RequestsProps = {
  view: CaptureView
  entry: number | undefined
  cursor: Cursor
  search: RefObject<HTMLInputElement | null>
  scroller: RefObject<HTMLDivElement | null>
}

/** The requests and what there is to choose among them, drawn or as a table. */
function Requests({ view, entry, cursor, search, scroller }: RequestsProps) {
  const words = useWords()
  const [asTable, setAsTable] = useState(readKept(tableKey) === 'on')
  const showAsTable = (table: boolean) => {
    keep(tableKey, table ? 'on' : undefined)
    setAsTable(table)
  }
  return (
    <>
      <RailRow className={styles.tools}>
        <FilterBar view={view} search={search} asTable={asTable} onAsTable={showAsTable} />
      </RailRow>
      <Overview view={view} words={words} />
      {asTable ? (
        <EntriesTable view={view} words={words} selected={entry} onOpen={cursor.open} />
      ) : (
        <WaterfallPane
          view={view}
          words={words}
          cursor={cursor.row}
          scroller={scroller}
          onPress={cursor.press}
          onCommand={cursor.command}
        />
      )}
      {view.rows.count === 0 && <Nothing view={view} />}
      <Legend view={view} />
    </>
  )
}

/** Where there is no room beside the waterfall they wait above it. */
function FoldedFindings({ count, children }: { count: number; children: ReactNode }) {
  const t = useT()
  return (
    <details className={styles.folded}>
      <summary>{t('workspace.filter_with_count', { filter: t('workspace.findings'), count })}</summary>
      <div>{children}</div>
    </details>
  )
}

function Nothing({ view }: { view: CaptureView }) {
  const t = useT()
  return (
    <RailRow className={styles.nothing}>
      <p role="status">{view.waterfall.count === 0 ? t('workspace.entries_empty') : t('workspace.entries_none')}</p>
      {view.isFiltering && (
        <button type="button" className={controls.button} onClick={view.reset}>
          {t('workspace.filter_reset')}
        </button>
      )}
    </RailRow>
  )
}

function BackLink({ conversationId, label }: { conversationId: string; label: string | undefined }) {
  const t = useT()
  return (
    <Link to="/c/$conversationId" params={{ conversationId }} search={({ view, tag }) => ({ view, tag })}>
      {label === undefined ? t('workspace.back') : <span className={text.mono}>{label}</span>}
    </Link>
  )
}

function Head({ detail: { capture, entries }, back }: { detail: CaptureDetail; back: ReactNode }) {
  const t = useT()
  const started = entries[0]?.startedAt
  return (
    <RailRow as="header" className={styles.head} marginClass={styles.back} margin={back}>
      <h1>{capture.name}</h1>
      <p className={styles.about}>
        <span>{t('workspace.capture_facts', { count: capture.entries, span: duration(t, capture.spanMs) })}</span>
        {started !== undefined && started !== '' && (
          <span className={text.muted}>{t.format.date(started, { dateStyle: 'medium', timeStyle: 'medium' })}</span>
        )}
      </p>
    </RailRow>
  )
}
