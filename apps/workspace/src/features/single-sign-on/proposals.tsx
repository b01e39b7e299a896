import type { SsoProposal } from '@clew/contract/sso-proposals'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { proposalsQuery, ssoApi } from './api.ts'
import { verdictOf } from './diagnosis-words.ts'
import { remedyWords } from './remedy-words.ts'
import styles from './sso.module.css'
import { type SsoT, useSsoT } from './words.ts'

const shapes = {
  waiting: ['partial', 'partial'],
  done: ['ok', 'ok'],
  declined: ['maintenance', 'quiet'],
  overtaken: ['maintenance', 'quiet'],
} as const

/** What agents of the support team proposed: done by one press, or declined. */
export function Proposals() {
  const t = useSsoT()
  const words = useT()
  const { data, error } = useQuery(proposalsQuery)
  const proposals = data?.proposals ?? []
  if (error === null && proposals.length === 0) return null
  const waiting = proposals.filter(({ state }) => state === 'waiting')
  const settled = proposals.filter(({ state }) => state !== 'waiting')
  return (
    <section className={styles.part} aria-label={t('console-sso.proposals')}>
      <RailRow className={styles.title}>
        <h2>{t('console-sso.proposals')}</h2>
        {waiting.length > 0 && <p className={controls.hint}>{t('console-sso.proposals_lead')}</p>}
        {error !== null && <p role="alert">{errorText(words, error)}</p>}
      </RailRow>
      <ul aria-live="polite">
        {waiting.map((proposal) => (
          <Line key={proposal.id} proposal={proposal} />
        ))}
      </ul>
      {settled.length > 0 && (
        <RailRow className={styles.after}>
          <h3>{t('console-sso.proposals_settled')}</h3>
        </RailRow>
      )}
      <ul>
        {settled.map((proposal) => (
          <Line key={proposal.id} proposal={proposal} />
        ))}
      </ul>
    </section>
  )
}

function Line({ proposal }: { proposal: SsoProposal }) {
  const t = useSsoT()
  const words = useT()
  const { hash } = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const isMeant = hash === `proposal=${proposal.id}`
  useEffect(() => {
    if (isMeant) place.current?.focus()
  }, [isMeant])
  const [shape, tone] = shapes[proposal.state]
  return (
    <RailRow
      as="li"
      className={styles.line}
      margin={
        <Status shape={shape} tone={tone}>
          {t(`console-sso.proposal_state_${proposal.state}`)}
        </Status>
      }
    >
      <div ref={place} tabIndex={-1} className={styles.proposal}>
        <div className={styles.head}>
          <b>{remedyWords(t, proposal.remedy, proposal.values)}</b>
          <span className={styles.push}>{fullMoment(words, proposal.settledAt ?? proposal.proposedAt)}</span>
        </div>
        <p>
          {t('console-sso.proposal_for', { subject: proposal.subject })}. {verdictOf(t, proposal)}
        </p>
        <p className={controls.hint}>
          {t('console-sso.proposal_by', { name: proposal.proposedBy })} {settledText(t, proposal)}
        </p>
        {proposal.state === 'waiting' && <Ways proposal={proposal} />}
      </div>
    </RailRow>
  )
}

function Ways({ proposal }: { proposal: SsoProposal }) {
  const t = useSsoT()
  const words = useT()
  const cache = useQueryClient()
  const settle = useMutation({
    mutationFn: (how: 'approve' | 'decline') => ssoApi.settle(proposal.id, how),
    onSettled: () => cache.invalidateQueries({ queryKey: ['console', 'sso'] }),
  })
  if (!proposal.isYours) return <p className={controls.hint}>{t('console-sso.proposal_not_yours')}</p>
  const remedy = remedyWords(t, proposal.remedy, proposal.values)
  return (
    <>
      <div className={styles.ways}>
        <button
          type="button"
          className={controls.main}
          disabled={settle.isPending}
          onClick={() => settle.mutate('approve')}
        >
          {t('console-sso.proposal_approve', { remedy })}
        </button>
        <button
          type="button"
          className={controls.button}
          aria-label={t('console-sso.proposal_decline_of', { remedy })}
          disabled={settle.isPending}
          onClick={() => settle.mutate('decline')}
        >
          {t('console-sso.proposal_decline')}
        </button>
      </div>
      {settle.error !== null && (
        <div role="alert" className={styles.said}>
          <Status shape="major" tone="major">
            {errorText(words, settle.error)}
          </Status>
        </div>
      )}
    </>
  )
}

function settledText(t: SsoT, { state, byTeam, settledBy: by = '' }: SsoProposal): string {
  if (state === 'waiting') return ''
  return t(`console-sso.proposal_settled_${byTeam ? 'by_team' : state}`, { by })
}
