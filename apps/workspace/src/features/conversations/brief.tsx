import { withoutCode } from '@clew/client/code-blocks'
import type { ConversationState } from '@clew/client/conversation-state'
import type { CaseField } from '@clew/contract/cases'
import type { HandOverBrief } from '@clew/contract/conversations'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { useT } from '../../app/i18n.tsx'
import { keepBriefFold, keptBriefFold } from '../../app/preferences.ts'
import { walkedFlowsQuery } from '../../app/queries.ts'
import { createStore, useStore } from '../../app/store.ts'
import controls from '../../app/ui/controls.module.css'
import { Chevron } from '../../app/ui/icons.tsx'
import { MaskedText } from '../../app/ui/masked-text.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import { Status } from '../../app/ui/status.tsx'
import { sentenceFor } from './activity-line.tsx'
import styles from './brief.module.css'
import { asSentence, briefOf, isEmpty, stepsByOutcome, type Brief as Told } from './brief-model.ts'

type BriefProps = {
  state: ConversationState
  /** Writes the request for these into the reply. */
  onAsk(fields: readonly CaseField[]): void
}

const folded = createStore(keptBriefFold())

function fold(isFolded: boolean): void {
  keepBriefFold(isFolded)
  folded.set(isFolded)
}

/** What is already known, pinned above the timeline. Lines without an answer are left out; folded, the first one stays. */
export function Brief({ state, onAsk }: BriefProps) {
  const t = useT()
  const isFolded = useStore(folded)
  const id = useId()
  const brief = briefOf(state)
  if (isEmpty(brief)) return null
  const { reason, mood, told } = brief
  return (
    <RailRow
      as="section"
      className={styles.brief}
      bodyClass={styles.body}
      margin={
        <button
          type="button"
          className={styles.fold}
          aria-expanded={!isFolded}
          aria-controls={id}
          onClick={() => fold(!isFolded)}
        >
          {t('workspace.brief')} <Chevron />
        </button>
      }
      marginClass={styles.margin}
      aria-label={t('workspace.brief')}
      data-folded={isFolded}
    >
      <dl className={styles.lines} id={id}>
        {mood !== undefined && (
          <Line name={t('workspace.brief_mood')}>
            <Status shape={mood === 'danger' ? 'major' : 'partial'} tone={mood === 'danger' ? 'major' : 'partial'}>
              {t(`workspace.brief_mood_${mood}`)}
            </Status>
          </Line>
        )}
        {reason !== undefined && (
          <Line name={t('workspace.brief_reason')}>{sentenceFor(t, { type: 'handed_over', reason })}</Line>
        )}
        {told?.problem !== undefined && (
          <Line name={t('workspace.brief_problem')} lang={told.language} isLong>
            <MaskedText>{withoutCode(told.problem)}</MaskedText>
          </Line>
        )}
        <Cause brief={brief} state={state} />
        {told?.incident !== undefined && (
          <Line name={t('workspace.brief_incident')} lang={told.language}>
            {told.incident.title}
          </Line>
        )}
        <FlowNotes state={state} />
        <Tried brief={brief} />
        <Missing fields={brief.missing} onAsk={onAsk} />
      </dl>
      {told !== undefined && !isFolded && <More told={told} />}
    </RailRow>
  )
}

/** `isLong`: two lines of it are shown until the agent asks for more. */
function Line({ name, lang, isLong, children }: { name: string; lang?: string; isLong?: true; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd lang={lang} className={isLong && styles.long}>
        {children}
      </dd>
    </>
  )
}

function Cause({ brief: { cause, told }, state }: { brief: Told; state: ConversationState }) {
  const t = useT()
  if (cause === undefined) {
    const found = told?.findings[0]
    return found === undefined ? null : (
      <Line name={t('workspace.brief_cause')} lang={told?.language ?? t.locale}>
        {found}
      </Line>
    )
  }
  const entry = cause.finding.entries[0]
  return (
    <Line name={t('workspace.brief_cause')}>
      {cause.finding.message.agent[t.locale]}{' '}
      {entry !== undefined && (
        <Link
          to="/c/$conversationId/har/$captureId"
          params={{ conversationId: state.conversation.id, captureId: cause.capture.id }}
          search={(before) => ({ view: before.view, tag: before.tag, entry })}
        >
          {t('workspace.entry_number', { entry: String(entry) })}
        </Link>
      )}
    </Line>
  )
}

/** What the flows say to the agent, and what the agent may pass on to an administrator. The contact sees none of it. */
function FlowNotes({ state: { conversation, messages } }: { state: ConversationState }) {
  const t = useT()
  const seq = messages.at(-1)?.seq ?? 0
  const { data } = useQuery({
    ...walkedFlowsQuery(conversation.id, { locale: t.locale, seq }),
    // Only of the same conversation: a note about somebody else must never show.
    placeholderData: (before, query) => (query?.queryKey[1] === conversation.id ? before : undefined),
  })
  const notes = (data?.flows ?? []).flatMap((flow) => flow.notes)
  const seen = notes.flatMap(({ note }) => note ?? [])
  const forAdmins = notes.flatMap(({ admin }) => admin ?? [])
  return (
    <>
      {seen.length > 0 && <Line name={t('workspace.brief_flow_note')}>{seen.join(' ')}</Line>}
      {forAdmins.length > 0 && <Line name={t('workspace.brief_flow_admin')}>{forAdmins.join(' ')}</Line>}
    </>
  )
}

function Tried({ brief: { tried } }: { brief: Told }) {
  const t = useT()
  if (tried.length === 0) return null
  return (
    <Line name={t('workspace.brief_tried')}>
      {stepsByOutcome(tried)
        .map(({ outcome, titles }) =>
          asSentence(
            t('workspace.brief_outcome', { outcome: t(`workspace.brief_${outcome}`), titles: titles.join(' · ') }),
          ),
        )
        .join(' ')}
    </Line>
  )
}

function Missing({ fields, onAsk }: { fields: readonly CaseField[]; onAsk: BriefProps['onAsk'] }) {
  const t = useT()
  if (fields.length === 0) return null
  return (
    <Line name={t('workspace.brief_missing')}>
      {fields.map((field) => t(`workspace.field_${field}`)).join(' · ')}{' '}
      <button type="button" className={controls.link} onClick={() => onAsk(fields)}>
        {t('workspace.brief_ask')}
      </button>
    </Line>
  )
}

/** What an agent looks up now and then; opening it shows the problem whole as well. */
function More({ told: { kind, language, given, articles } }: { told: HandOverBrief }) {
  const t = useT()
  return (
    <details className={styles.more}>
      <summary>{t('workspace.brief_more')}</summary>
      <dl className={styles.lines}>
        <Line name={t('workspace.brief_kind')}>{t(`workspace.brief_kind_${kind}`)}</Line>
        <Line name={t('workspace.brief_language')}>{t(`workspace.brief_language_${language}`)}</Line>
        {given.length > 0 && (
          <Line name={t('workspace.brief_known')}>
            {given.map((field) => t(`workspace.field_${field}`)).join(' · ')}
          </Line>
        )}
        {articles.length > 0 && (
          <Line name={t('workspace.brief_articles')} lang={language}>
            {articles.map(({ slug, title }) => (
              <a key={slug} href={`/${language}/articles/${encodeURIComponent(slug)}`} target="_blank" rel="noreferrer">
                {title}
              </a>
            ))}
          </Line>
        )}
      </dl>
    </details>
  )
}
