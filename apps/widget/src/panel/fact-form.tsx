import type { CaseField, Fact } from '@clew/contract/cases'
import { useEffect, useRef, useState } from 'preact/hooks'
import { withMasks } from '../text/rich-text.ts'
import { type CaseT, useCaseWords } from './case-words.ts'
import { usePanel } from './context.ts'
import { EnvironmentForm } from './environment-form.tsx'
import { factText, planName, typedMoment } from './fact-text.ts'
import { plans, readForm } from './read-fact.ts'
import { currentConversation } from './state.ts'

/** A small form for one category: why it helps, what is known, and a way to give or correct it. */
export function FactForm({ field, onPick }: { field: CaseField; onPick(): void }) {
  const { t, state, actions } = usePanel()
  const words = useCaseWords()
  const form = useRef<HTMLFormElement>(null)
  const fact = currentConversation(state)?.case.facts.find((known) => known.field === field)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus(), [field, words])
  if (words === undefined) return null

  const onSubmit = (event: Event) => {
    event.preventDefault()
    const given = form.current === null ? undefined : readForm(field, new FormData(form.current), myZone())
    if (given !== undefined) void actions.setFact(given)
  }
  return (
    <form class="ask" data-field={field} ref={form} onSubmit={onSubmit} aria-label={t(`widget.field_${field}`)}>
      {field !== 'visuals' && <p>{words(`case.ask_${field}`)}</p>}
      {fact !== undefined && <KnownLine fact={fact} words={words} />}
      {field === 'environment' ? (
        <EnvironmentForm words={words} />
      ) : field === 'visuals' ? (
        <Pictures onPick={onPick} words={words} />
      ) : (
        <>
          <Inputs field={field} fact={fact} words={words} />
          <div class="choices">
            <button type="submit" class="main">
              {words('case.save_fact')}
            </button>
            <button type="button" onClick={() => actions.stopAsking()}>
              {t('widget.cancel')}
            </button>
          </div>
        </>
      )}
    </form>
  )
}

const myZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

function KnownLine({ fact, words }: { fact: Fact; words: CaseT }) {
  const { t } = usePanel()
  const source = fact.source === 'contact' ? 'case.fact_said_in' : (`case.fact_from_${fact.source}` as const)
  return (
    <p class="note">
      {words(source)}: <b>{withMasks(factText(fact, words), t('widget.masked_here'))}</b>
    </p>
  )
}

function Pictures({ onPick, words }: { onPick(): void; words: CaseT }) {
  const { t, actions } = usePanel()
  return (
    <>
      <p class="note">{words('case.image_cleaned')}</p>
      <div class="choices">
        <button type="button" class="main" onClick={onPick}>
          {t('widget.attach')}
        </button>
        <button type="button" onClick={() => actions.stopAsking()}>
          {t('widget.cancel')}
        </button>
      </div>
    </>
  )
}

type InputsProps = { field: CaseField; fact: Fact | undefined; words: CaseT }

function Inputs({ field, fact, words }: InputsProps) {
  const { t } = usePanel()
  const known = fact === undefined ? '' : editableText(fact, words)
  const label = t(`widget.field_${field}`)
  if (field === 'account') return <AccountInputs fact={fact} words={words} />
  if (field === 'problem' || field === 'steps' || field === 'policy_message')
    return <textarea name="text" rows={3} required aria-label={label} defaultValue={known} />
  return <input name="text" required autocomplete="off" aria-label={label} defaultValue={known} />
}

function AccountInputs({ fact, words }: Omit<InputsProps, 'field'>) {
  const known = fact?.field === 'account' ? fact.value : undefined
  const [plan, setPlan] = useState<string>(known?.plan ?? '')
  return (
    <>
      <label>
        {words('case.label_email')}
        <input name="email" type="email" autocomplete="email" required defaultValue={known?.email ?? ''} />
      </label>
      <label>
        {words('case.label_plan')}
        <select name="plan" value={plan} onChange={(event) => setPlan(event.currentTarget.value)}>
          <option value="">{words('case.plan_unknown')}</option>
          {plans.map((name) => (
            <option key={name} value={name}>
              {planName(name)}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

/** What is known, as it would have been typed. */
function editableText(fact: Fact, words: CaseT): string {
  switch (fact.field) {
    case 'problem':
      return fact.value.text
    case 'policy_message':
      return fact.value.message
    case 'steps':
      return fact.value.items.join('\n')
    case 'timestamps':
      return typedMoment(fact, words)
    case 'request_ids':
      return [...fact.value.requestIds, ...fact.value.completionIds].join(' ')
    case 'workspace':
    case 'assistant_id':
      return idText(fact)
    case 'account':
    case 'environment':
    case 'visuals':
      return ''
  }
}

const idText = (fact: Extract<Fact, { field: 'workspace' | 'assistant_id' }>): string =>
  fact.field === 'assistant_id'
    ? (fact.value.url ?? fact.value.id)
    : (fact.value.name ?? fact.value.workspaceId ?? fact.value.organisationId ?? '')
