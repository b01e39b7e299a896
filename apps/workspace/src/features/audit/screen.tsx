import type { AuditEventPage } from '@clew/contract/audit'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useKeys } from '../../app/keys.tsx'
import { useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { eventsQuery, overviewQuery } from './api.ts'
import styles from './audit.module.css'
import { EventDetail } from './event-detail.tsx'
import { EventList } from './event-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Chosen, filterOf, nothingChosen } from './filters.ts'
import { LogHead } from './log-head.tsx'
import { AuditWords, useAuditT } from './words.ts'

/** What was done in the organisation, by whom, and that nothing of it was changed since. */
export function Screen() {
  return (
    <AuditWords
      waiting={
        <main className={sheet.sheet} id="main">
          <Bones widths={[40, 60]} />
        </main>
      }
    >
      <AuditLog />
    </AuditWords>
  )
}

function AuditLog() {
  const now = useNow()
  const [chosen, setChosen] = useState(nothingChosen)
  const [openSeq, setOpenSeq] = useState(linkedEvent)
  const filter = filterOf(chosen, now)
  const overview = useQuery(overviewQuery)
  const events = useInfiniteQuery(eventsQuery(filter))
  useRefreshOn(overview.data?.seq)
  const seqs = events.data?.pages.flatMap((page) => page.events.map(({ seq }) => seq)) ?? []
  useListKeys(seqs, openSeq, setOpenSeq)
  return (
    <>
      <main className={sheet.sheet} id="main">
        <div className={cx(ledgerClass, sheet.ledger)}>
          <LogHead overview={overview.data} filter={filter} now={now} />
          <section className={styles.part}>
            <FilterBar chosen={chosen} onChange={setChosen} />
            <Found
              query={events}
              overviewCount={overview.data?.count}
              {...{ chosen, setChosen, openSeq, setOpenSeq, now }}
            />
          </section>
        </div>
      </main>
      {openSeq !== undefined && (
        <EventDetail key={openSeq} seq={openSeq} onOpen={setOpenSeq} onClose={() => closeTo(openSeq, setOpenSeq)} />
      )}
    </>
  )
}

/** The event that the address names. */
function linkedEvent(): number | undefined {
  const seq = Number(new URLSearchParams(location.search).get('event'))
  return Number.isInteger(seq) && seq > 0 ? seq : undefined
}

/** The reader goes on in the list, where they were. */
function closeTo(seq: number, setOpenSeq: (seq: number | undefined) => void): void {
  setOpenSeq(undefined)
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-event="${seq}"]`)?.focus())
}

/** When there is something new, the list is read again; in between it stands still. */
function useRefreshOn(seq: number | undefined): void {
  const queryClient = useQueryClient()
  const seen = useRef(seq)
  useEffect(() => {
    if (seen.current !== undefined && seq !== seen.current)
      void queryClient.invalidateQueries({ queryKey: ['audit', 'events'] })
    seen.current = seq
  }, [seq, queryClient])
}

function useListKeys(seqs: readonly number[], openSeq: number | undefined, open: (seq: number) => void): void {
  const step = (by: 1 | -1) => {
    const at = openSeq === undefined ? -1 : seqs.indexOf(openSeq)
    const next = seqs[at === -1 ? 0 : at + by]
    if (next === undefined) return
    open(next)
    document.querySelector<HTMLElement>(`[data-event="${next}"]`)?.focus()
  }
  useKeys({ next: () => step(1), previous: () => step(-1) })
}

type FoundProps = {
  query: ReturnType<typeof useInfiniteQuery<AuditEventPage, Error, { pages: AuditEventPage[] }>>
  overviewCount: number | undefined
  chosen: Chosen
  setChosen(chosen: Chosen): void
  openSeq: number | undefined
  setOpenSeq(seq: number): void
  now: number
}

function Found({ query, overviewCount, chosen, setChosen, openSeq, setOpenSeq, now }: FoundProps) {
  const t = useAuditT()
  const shell = useT()
  const events = query.data?.pages.flatMap((page) => page.events)
  if (query.error !== null && events === undefined)
    return (
      <RailRow className={styles.state}>
        <p role="alert">{errorText(shell, query.error)}</p>
        <button type="button" className={controls.button} onClick={() => void query.refetch()}>
          {t('console-audit.try_again')}
        </button>
      </RailRow>
    )
  if (events === undefined)
    return (
      <RailRow className={styles.state}>
        <Bones widths={[55, 48, 62, 51]} />
      </RailRow>
    )
  if (events.length === 0)
    return (
      <RailRow className={styles.state}>
        <p>{t(overviewCount === 0 ? 'console-audit.none' : 'console-audit.none_found')}</p>
        {overviewCount !== 0 && (
          <button type="button" className={controls.button} onClick={() => setChosen({ ...nothingChosen })}>
            {t('console-audit.clear')}
          </button>
        )}
      </RailRow>
    )
  const isFiltered = JSON.stringify(chosen) !== JSON.stringify(nothingChosen)
  const { matched } = query.data?.pages[0] ?? {}
  return (
    <>
      <EventList
        events={events}
        count={isFiltered ? countText(t, matched, overviewCount) : ''}
        openSeq={openSeq}
        onOpen={setOpenSeq}
        now={now}
      />
      {query.hasNextPage && (
        <RailRow className={styles.state}>
          <button
            type="button"
            className={controls.button}
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('console-audit.more')}
          </button>
        </RailRow>
      )}
    </>
  )
}

function countText(t: ReturnType<typeof useAuditT>, matched: AuditEventPage['matched'], total = 0): string {
  if (matched === undefined) return ''
  const counts = { matched: t.format.number(matched.count), total: t.format.number(total) }
  return t(matched.isMore ? 'console-audit.of_events_more' : 'console-audit.of_events', counts)
}
