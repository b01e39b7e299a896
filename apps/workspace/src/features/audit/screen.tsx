import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { overviewQuery, ownLog } from './api.ts'
import { EventDetail } from './event-detail.tsx'
import { filterOf, nothingChosen } from './filters.ts'
import { closeTo, Log } from './log.tsx'
import { LogHead } from './log-head.tsx'
import { AuditWords } from './words.ts'

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
  useRefreshOn(overview.data?.seq)
  return (
    <>
      <main className={sheet.sheet} id="main">
        <div className={cx(ledgerClass, sheet.ledger)}>
          <LogHead overview={overview.data} filter={filter} now={now} />
          <Log of={ownLog} count={overview.data?.count} {...{ filter, chosen, setChosen, openSeq, setOpenSeq, now }} />
        </div>
      </main>
      {openSeq !== undefined && (
        <EventDetail
          key={openSeq}
          of={ownLog}
          seq={openSeq}
          onOpen={setOpenSeq}
          onClose={() => closeTo(openSeq, setOpenSeq)}
        />
      )}
    </>
  )
}

/** The event that the address names. */
function linkedEvent(): number | undefined {
  const seq = Number(new URLSearchParams(location.search).get('event'))
  return Number.isInteger(seq) && seq > 0 ? seq : undefined
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
