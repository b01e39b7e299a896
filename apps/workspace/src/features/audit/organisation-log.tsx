import { useState } from 'react'
import { useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { logOfOrganisation } from './api.ts'
import { EventDetail } from './event-detail.tsx'
import { filterOf, nothingChosen } from './filters.ts'
import { closeTo, Log } from './log.tsx'
import { AuditWords, useAuditT } from './words.ts'

type Props = { organisationId: string; openSeq: number | undefined; onOpen(seq: number | undefined): void }

/** The audit log of a customer's organisation. It is opened by a press, since the organisation is told that it was read. */
export function OrganisationLog(props: Props) {
  return (
    <AuditWords waiting={<Bones widths={[40, 60]} />}>
      <Part {...props} />
    </AuditWords>
  )
}

function Part(props: Props) {
  const t = useAuditT()
  const [isRead, setRead] = useState(false)
  return (
    <>
      <RailRow as="section" className={sheet.part} aria-labelledby="log-title">
        <h2 id="log-title">{t('console-audit.title')}</h2>
        <p className={controls.hint}>{t('console-audit.team_reads')}</p>
        {!isRead && (
          <button type="button" className={controls.button} onClick={() => setRead(true)}>
            {t('console-audit.team_open')}
          </button>
        )}
      </RailRow>
      {isRead && <Reading {...props} />}
    </>
  )
}

function Reading({ organisationId, openSeq, onOpen }: Props) {
  const now = useNow()
  const [chosen, setChosen] = useState(nothingChosen)
  return (
    <Log
      of={logOfOrganisation(organisationId)}
      filter={filterOf(chosen, now)}
      count={undefined}
      setOpenSeq={onOpen}
      {...{ chosen, setChosen, openSeq, now }}
    />
  )
}

/** One event of it, beside the page. */
export function OrganisationEvent({ organisationId, openSeq, onOpen }: Props) {
  if (openSeq === undefined) return null
  return (
    <AuditWords>
      <EventDetail
        key={openSeq}
        of={logOfOrganisation(organisationId)}
        seq={openSeq}
        onOpen={onOpen}
        onClose={() => closeTo(openSeq, onOpen)}
      />
    </AuditWords>
  )
}
