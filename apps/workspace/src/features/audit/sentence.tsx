import type { AuditEvent } from '@clew/contract/audit'
import { fill } from '@clew/i18n'
import { Fragment } from 'react'
import { Status } from '../../app/ui/status.tsx'
import { sentenceOf } from './sentences.ts'
import { useAuditT } from './words.ts'

/** What happened, in a sentence: who and what stand out, and whether it went as meant. */
export function Sentence({ event }: { event: AuditEvent }) {
  const t = useAuditT()
  const { text, actor, target } = sentenceOf(t, event)
  const pieces = fill(text, { actor: <b key="actor">{actor}</b>, target: <b key="target">{target}</b> })
  return (
    <span>
      {event.outcome !== 'success' && (
        <>
          <Outcome outcome={event.outcome} />{' '}
        </>
      )}
      {pieces.map((piece, index) => (
        // The pieces of a sentence stand still: their place is their identity.
        <Fragment key={`${index} ${typeof piece}`}>{piece}</Fragment>
      ))}
    </span>
  )
}

export function Outcome({ outcome }: { outcome: AuditEvent['outcome'] }) {
  const t = useAuditT()
  const word = t(`console-audit.outcome_${outcome}`)
  if (outcome === 'success')
    return (
      <Status shape="ok" tone="ok">
        {word}
      </Status>
    )
  return outcome === 'denied' ? (
    <Status shape="partial" tone="partial">
      {word}
    </Status>
  ) : (
    <Status shape="major" tone="major">
      {word}
    </Status>
  )
}
