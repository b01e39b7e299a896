import type { AuditEventPage, AuditFilter } from '@clew/contract/audit'
import { useInfiniteQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useKeys } from '../../app/keys.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { eventsQuery, type LogOf } from './api.ts'
import styles from './audit.module.css'
import { EventList } from './event-list.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Chosen, nothingChosen } from './filters.ts'
import { useAuditT } from './words.ts'

export type LogProps = {
  of: LogOf
  filter: AuditFilter
  chosen: Chosen
  setChosen(chosen: Chosen): void
  /** How many there are in all, where that is known. */
  count: number | undefined
  openSeq: number | undefined
  setOpenSeq(seq: number): void
  now: number
}

/** What was done, the newest first, with what one looks for. */
export function Log({ of, filter, count, ...rest }: LogProps) {
  const query = useInfiniteQuery(eventsQuery(of, filter))
  const seqs = query.data?.pages.flatMap((page) => page.events.map(({ seq }) => seq)) ?? []
  useListKeys(seqs, rest.openSeq, rest.setOpenSeq)
  return (
    <section className={styles.part}>
      <FilterBar of={of} chosen={rest.chosen} onChange={rest.setChosen} />
      <Found query={query} overviewCount={count} {...rest} />
    </section>
  )
}

/** The reader goes on in the list, where they were. */
export function closeTo(seq: number, setOpenSeq: (seq: number | undefined) => void): void {
  setOpenSeq(undefined)
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-event="${seq}"]`)?.focus())
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

function countText(t: ReturnType<typeof useAuditT>, matched: AuditEventPage['matched'], total?: number): string {
  if (matched === undefined) return ''
  if (total === undefined) return t('console-audit.matched', { count: matched.count })
  const counts = { matched: t.format.number(matched.count), total: t.format.number(total) }
  return t(matched.isMore ? 'console-audit.of_events_more' : 'console-audit.of_events', counts)
}
