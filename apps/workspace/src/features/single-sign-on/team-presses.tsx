import type { SsoProposal, SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { fullMoment } from '../../app/times.ts'
import controls from '../../app/ui/controls.module.css'
import { ssoApi } from './api.ts'
import { remedyWords } from './remedy-words.ts'
import styles from './sso-card.module.css'
import { type SsoT, useSsoT } from './words.ts'

type Props = { diagnosis: SsoTeamDiagnosis; conversationId: string | undefined }

/** One press of the agent: it is done at once, or goes to the organisation's own people for one press of theirs. */
export function TeamPresses({ diagnosis, conversationId }: Props) {
  const t = useSsoT()
  const words = useT()
  const cache = useQueryClient()
  const press = useMutation({
    mutationFn: (remedy: SsoProposal['remedy']['remedy']) =>
      ssoApi.press({
        about: diagnosis.attempt?.reference ?? diagnosis.subject,
        remedy,
        ...(conversationId === undefined ? {} : { conversationId: conversationId as never }),
      }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['sso-diagnosis'] }),
  })
  const waiting = new Set(
    diagnosis.proposals.filter(({ state }) => state === 'waiting').map(({ remedy }) => remedy.remedy),
  )
  const presses = diagnosis.remedies.filter(({ isOneClick, remedy }) => isOneClick && !waiting.has(remedy))
  return (
    <div className={styles.ask}>
      {diagnosis.press !== undefined && presses.length > 0 && (
        <>
          {presses.map((remedy) => (
            <button
              key={remedy.remedy}
              type="button"
              className={controls.button}
              disabled={press.isPending}
              onClick={() => press.mutate(remedy.remedy)}
            >
              {diagnosis.press === 'does'
                ? remedyWords(t, remedy, diagnosis.values)
                : t('console-sso.card_propose', { remedy: remedyWords(t, remedy, diagnosis.values) })}
            </button>
          ))}
          <PressHint diagnosis={diagnosis} />
        </>
      )}
      <div role="status">
        {diagnosis.proposals.length > 0 && (
          <ul className={styles.lines} aria-label={t('console-sso.card_pressed')}>
            {diagnosis.proposals.map((proposal) => (
              <li key={proposal.id} data-whole="">
                <span>
                  {pressedText(t, proposal, diagnosis.organisation?.name ?? '')}
                  <small>{fullMoment(words, proposal.settledAt ?? proposal.proposedAt)}</small>
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {press.error !== null && <p role="alert">{errorText(words, press.error)}</p>}
    </div>
  )
}

function PressHint({ diagnosis: { press, organisation } }: { diagnosis: SsoTeamDiagnosis }) {
  const t = useSsoT()
  const session = useSession()
  if (organisation === undefined || press === undefined) return null
  const isOwn = press === 'does' && session.organisation.id === organisation.id
  return (
    <p className={controls.hint}>
      {isOwn
        ? t('console-sso.card_press_own')
        : t(`console-sso.card_press_${press}`, { organisation: organisation.name })}
    </p>
  )
}

function pressedText(t: SsoT, { remedy, values, ...proposal }: SsoProposal, organisation: string): string {
  const { state, byTeam, proposedBy: name, settledBy: by = '' } = proposal
  const words = remedyWords(t, remedy, values)
  if (state === 'waiting') return t('console-sso.card_waits', { remedy: words, name, organisation })
  return t(`console-sso.card_${byTeam ? 'done_by_team' : state}`, { remedy: words, by })
}
