import type { Conversation } from '@clew/contract/conversations'
import type { AgentWalk, AgentWalkState, AnswerWalk } from '@clew/contract/flow-runs'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../app/api.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { agentWalkQuery } from '../../app/queries.ts'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import styles from './walk-card.module.css'
import { type FlowsT, FlowsWords, useFlowsT } from './words.ts'

type Props = {
  conversation: Conversation
  known: AgentWalkState
  /** Writes these words into the reply to the contact. */
  onOffer(words: string): void
}

/** A flow that the agent walks beside the conversation: asked is only what the case does not know. */
export function WalkCard(props: Props) {
  return (
    <FlowsWords waiting={null}>
      <Card {...props} />
    </FlowsWords>
  )
}

function Card({ conversation, known, onOffer }: Props) {
  const t = useFlowsT()
  const words = useT()
  const { data = known } = useQuery(agentWalkQuery(conversation.id, words.locale))
  const { start, answer } = useWalk(conversation.id)
  const isBusy = start.isPending || answer.isPending
  const mayWalk = conversation.status === 'open'
  const error = start.error ?? answer.error
  const { walk } = data
  const isOpen = walk?.state === 'running'
  return (
    <RailRow as="section" className={styles.block} margin={t('flows.walk')} aria-label={t('flows.walk_label')}>
      {walk && <Walk walk={walk} onAnswer={mayWalk && !isBusy ? answer.mutate : undefined} onOffer={onOffer} />}
      {error !== null && <p role="alert">{errorText(words, error)}</p>}
      {mayWalk && !isOpen && <Start state={data} isBusy={isBusy} onStart={(flowId) => start.mutate({ flowId })} />}
    </RailRow>
  )
}

function useWalk(id: string) {
  const { locale } = useT()
  const queryClient = useQueryClient()
  const take = {
    onSuccess: (state: AgentWalkState) => queryClient.setQueryData(agentWalkQuery(id, locale).queryKey, state),
  }
  return {
    start: useMutation({ mutationFn: (input: { flowId: string }) => api.startWalk(id, locale, input), ...take }),
    answer: useMutation({ mutationFn: (input: AnswerWalk) => api.answerWalk(id, locale, input), ...take }),
  }
}

type StartProps = { state: AgentWalkState; isBusy: boolean; onStart(flowId: string): void }

function Start({ state: { flows, suggested, walk }, isBusy, onStart }: StartProps) {
  const t = useFlowsT()
  const [chosen, setChosen] = useState(suggested ?? flows[0]?.id ?? '')
  return (
    <form
      className={styles.start}
      onSubmit={(event) => {
        event.preventDefault()
        onStart(chosen)
      }}
    >
      <Select
        boxed
        aria-label={t('flows.walk_which')}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        {flows.map(({ id, title }) => (
          <option key={id} value={id}>
            {id === suggested ? t('flows.walk_suggested', { title }) : title}
          </option>
        ))}
      </Select>
      <button type="submit" className={walk ? controls.button : controls.main} disabled={isBusy || chosen === ''}>
        {t('flows.trial_start')}
      </button>
    </form>
  )
}

type WalkProps = { walk: AgentWalk; onAnswer: ((answer: AnswerWalk) => void) | undefined; onOffer: Props['onOffer'] }

function Walk({ walk, onAnswer, onOffer }: WalkProps) {
  const t = useFlowsT()
  const { title, lead, current, end, answers, articles } = walk
  return (
    <>
      <h3 className={styles.title}>{title}</h3>
      <Answers answers={answers} onAnswer={onAnswer} />
      <div aria-live="polite" className={styles.now}>
        {lead.map((said) => (
          <Said key={said.stepId} said={said} />
        ))}
        {current && <Said said={current} />}
        {current?.minutes !== undefined && (
          <p className={styles.quiet}>{t('flows.walk_minutes', { minutes: current.minutes })}</p>
        )}
        {current?.tried !== undefined && (
          <p className={styles.quiet}>{t('flows.walk_tried', { outcome: t(`flows.outcome_${current.tried}`) })}</p>
        )}
        {end && <Said said={end} />}
        {!current && <p className={styles.ended}>{endingOf(t, walk)}</p>}
      </div>
      {current && onAnswer && <Replies key={current.stepId} current={current} onAnswer={onAnswer} />}
      <Offers walk={walk} articles={articles} onOffer={onOffer} />
      {current && onAnswer && (
        <button type="button" className={controls.link} onClick={() => onAnswer({ type: 'cancel' })}>
          {t('flows.walk_leave')}
        </button>
      )}
    </>
  )
}

function Said({ said: { title, text, note } }: { said: NonNullable<AgentWalk['end']> }) {
  const t = useFlowsT()
  return (
    <div className={styles.said}>
      {title !== undefined && <h4>{title}</h4>}
      {text !== undefined && <p>{text}</p>}
      {note !== undefined && (
        <p className={styles.note}>
          <b>{t('flows.walk_note')}</b> {note}
        </p>
      )}
    </div>
  )
}

type Answering = { onAnswer: ((answer: AnswerWalk) => void) | undefined }

/** What is answered already, by the agent or by what the contact said; pressed, it is asked again. */
function Answers({ answers, onAnswer }: Answering & { answers: AgentWalk['answers'] }) {
  const t = useFlowsT()
  if (answers.length === 0) return null
  return (
    <ol className={styles.answers}>
      {answers.map(({ stepId, title, outcome, answer, said }) => (
        <li key={stepId}>
          <span>{title}</span>
          <span className={styles.answer}>{answer ?? t(`flows.outcome_${outcome}`)}</span>
          {said !== undefined && <q className={styles.quiet}>{said}</q>}
          {onAnswer && (
            <button
              type="button"
              className={controls.link}
              onClick={() => onAnswer({ type: 'correct', stepId })}
              aria-label={t('flows.walk_change_named', { title })}
            >
              {t('flows.walk_change')}
            </button>
          )}
        </li>
      ))}
    </ol>
  )
}

type RepliesProps = { current: NonNullable<AgentWalk['current']>; onAnswer(answer: AnswerWalk): void }

function Replies({ current: { stepId, title, replies, ownWords }, onAnswer }: RepliesProps) {
  const t = useFlowsT()
  const [written, setWritten] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (written.trim() !== '') onAnswer({ type: 'words', stepId, text: written.trim() })
  }
  return (
    <div className={styles.replies}>
      {replies.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className={controls.button}
          onClick={() => onAnswer({ type: 'reply', stepId, replyId: id })}
        >
          {label}
        </button>
      ))}
      {ownWords && (
        <form onSubmit={send}>
          <input
            className={controls.field}
            value={written}
            maxLength={2000}
            aria-label={t('flows.walk_words', { title })}
            onChange={({ target }) => setWritten(target.value)}
          />
          <button type="submit" className={controls.button}>
            {t('flows.walk_take')}
          </button>
        </form>
      )}
      {!replies.some(({ id }) => id === 'skip') && (
        <button type="button" className={controls.plain} onClick={() => onAnswer({ type: 'skip', stepId })}>
          {t('flows.walk_skip')}
        </button>
      )}
    </div>
  )
}

type OffersProps = { walk: AgentWalk; articles: AgentWalk['articles']; onOffer: Props['onOffer'] }

/** What the contact could be sent: written into the reply, to be read over before it goes. */
function Offers({ walk: { offer }, articles, onOffer }: OffersProps) {
  const t = useFlowsT()
  if (offer === undefined && articles.length === 0) return null
  return (
    <ul className={styles.offers}>
      {offer !== undefined && (
        <li>
          <button type="button" className={controls.link} onClick={() => onOffer(offer)}>
            {t('flows.walk_offer')}
          </button>
        </li>
      )}
      {articles.map(({ slug, title, url }) => (
        <li key={slug}>
          <button type="button" className={controls.link} onClick={() => onOffer(`${title}\n${url}`)}>
            {t('flows.walk_offer_article', { title })}
          </button>
        </li>
      ))}
    </ul>
  )
}

function endingOf(t: FlowsT, { state, reason }: AgentWalk): string {
  switch (state) {
    case 'handover':
      return t('flows.ended_handover', { reason: reasonOf(t, reason) })
    case 'running':
      return ''
    default:
      return t(`flows.ended_${state}`)
  }
}

const reasonOf = (t: FlowsT, reason = 'exhausted'): string =>
  t.find(`flows.reason_${reason.replaceAll('-', '_')}`) ?? t('flows.reason_exhausted')
