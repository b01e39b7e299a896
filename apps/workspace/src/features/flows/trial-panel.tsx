import { type CheckName, outcomesOf } from '@clew/flows/checks'
import type { Flow, FlowLocale } from '@clew/flows/flow'
import type { Run } from '@clew/flows/run'
import type { CheckResult, Effect, RunInput } from '@clew/flows/run-input'
import { caseSlots, type SlotValue } from '@clew/flows/slots'
import { useEffect, useRef, useState } from 'react'
import { newId, now } from '../../app/clock.ts'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { checkName, outcomeName, slotName, stepName } from './names.ts'
import styles from './panels.module.css'
import type { SlotKey } from './pickers.tsx'
import { snakeReason } from './replies-field.tsx'
import {
  type Bubble,
  currentOf,
  type Played,
  replay,
  sampleValues,
  standsAt,
  type Trial,
  type TrialReader,
} from './trial.ts'
import { type FlowsT, useFlowsT } from './words.ts'

export type Standing = { current: string | undefined; passed: ReadonlySet<string> }

type Props = {
  flow: Flow
  /** Why it cannot be tried yet. */
  isFaulty: boolean
  brand: string
  onStand(standing: Standing): void
}

const audiences = ['contact', 'agent', 'admin'] as const

/** Walks the flow as it is written now, with the runner that people get. */
export function TrialPanel({ flow, isFaulty, brand, onStand }: Props) {
  const t = useFlowsT()
  const [locale, setLocale] = useState<FlowLocale>(t.locale)
  const [audience, setAudience] = useState<Audience>('contact')
  const [facts, setFacts] = useState<Readonly<Record<string, SlotValue>>>({})
  const [before, setBefore] = useState('')
  const [played, setPlayed] = useState<readonly Played[]>()
  const [began] = useState(() => new Date(now()).toISOString())
  const values = sampleValues((name) => (name === 'brand' ? brand : (t.find(`flows.sample_${snake(name)}`) ?? name)))
  const reader: TrialReader = { locale, audience, facts, values, before: { text: before.trim(), at: began } }
  const trial = played && !isFaulty ? tried(flow, reader, played) : undefined
  const at = trial && standsAt(trial.run)
  const passed = trial?.passed.join(' ') ?? ''
  useEffect(() => {
    onStand({ current: at, passed: new Set(passed.split(' ').filter(Boolean)) })
    return () => onStand({ current: undefined, passed: new Set() })
  }, [at, passed, onStand])
  return (
    <div className={styles.panel} data-is="trial">
      <h2>{t('flows.trial')}</h2>
      <Choices {...{ locale, setLocale, audience, setAudience }} />
      <KnownFacts facts={facts} onChange={setFacts} />
      <SaidBefore text={before} onChange={setBefore} />
      {isFaulty && <p className={styles.quiet}>{t('flows.trial_faulty')}</p>}
      {!isFaulty && <Controls played={played} onPlayed={setPlayed} />}
      {trial && played && <Walk {...{ flow, reader, trial }} onPlay={(each) => setPlayed([...played, each])} />}
    </div>
  )
}

type ControlsProps = { played: readonly Played[] | undefined; onPlayed(played: readonly Played[]): void }

function Controls({ played, onPlayed }: ControlsProps) {
  const t = useFlowsT()
  return (
    <div className={styles.ways}>
      <button type="button" className={played ? controls.button : controls.main} onClick={() => onPlayed([])}>
        {t(played ? 'flows.trial_again' : 'flows.trial_start')}
      </button>
      {played && played.length > 0 && (
        <button type="button" className={controls.button} onClick={() => onPlayed(played.slice(0, -1))}>
          {t('flows.trial_back')}
        </button>
      )}
    </div>
  )
}

type Audience = (typeof audiences)[number]
type ChoicesProps = {
  locale: FlowLocale
  setLocale(locale: FlowLocale): void
  audience: Audience
  setAudience(audience: Audience): void
}

function Choices({ locale, setLocale, audience, setAudience }: ChoicesProps) {
  const t = useFlowsT()
  return (
    <div className={styles.choices}>
      <label>
        {t('flows.trial_locale')}
        <Select boxed value={locale} onChange={({ target }) => setLocale(target.value === 'el' ? 'el' : 'en')}>
          <option value="en">{t('flows.in_en')}</option>
          <option value="el">{t('flows.in_el')}</option>
        </Select>
      </label>
      <label>
        {t('flows.trial_audience')}
        <Select
          boxed
          value={audience}
          onChange={({ target }) => setAudience(audiences.find((each) => each === target.value) ?? 'contact')}
        >
          {audiences.map((each) => (
            <option key={each} value={each}>
              {t(`flows.audience_${each}`)}
            </option>
          ))}
        </Select>
      </label>
    </div>
  )
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The flow may have changed under the run: what no longer fits is not played. */
function tried(flow: Flow, reader: TrialReader, played: readonly Played[]): Trial {
  for (let count = played.length; ; count -= 1) {
    try {
      return replay(flow, reader, played.slice(0, count))
    } catch (error) {
      if (count === 0) throw error
    }
  }
}

function KnownFacts({
  facts,
  onChange,
}: {
  facts: Readonly<Record<string, SlotValue>>
  onChange(facts: Record<string, SlotValue>): void
}) {
  const t = useFlowsT()
  const free = (Object.keys(caseSlots) as SlotKey[]).filter((slot) => !Object.hasOwn(facts, slot))
  return (
    <details className={styles.known}>
      <summary>{t('flows.trial_facts', { count: Object.keys(facts).length })}</summary>
      {Object.entries(facts).map(([slot, value]) => (
        <div key={slot} className={styles.fact}>
          <label>
            {slotName(t, slot)}
            <FactInput slot={slot} value={value} onTake={(next) => onChange({ ...facts, [slot]: next })} />
          </label>
          <button
            type="button"
            className={controls.plain}
            aria-label={t('flows.remove_fact', { slot: slotName(t, slot) })}
            onClick={() => onChange(Object.fromEntries(Object.entries(facts).filter(([name]) => name !== slot)))}
          >
            ×
          </button>
        </div>
      ))}
      <Select
        aria-label={t('flows.add_fact')}
        value=""
        onChange={({ target }) => onChange({ ...facts, [target.value]: firstOf(target.value as SlotKey) })}
      >
        <option value="">{t('flows.add_fact')}</option>
        {free.map((slot) => (
          <option key={slot} value={slot}>
            {slotName(t, slot)}
          </option>
        ))}
      </Select>
    </details>
  )
}

function firstOf(slot: SlotKey): SlotValue {
  const type: string | readonly string[] = caseSlots[slot]
  if (type === 'yes-no') return true
  return typeof type === 'string' ? '' : (type[0] ?? '')
}

function FactInput({ slot, value, onTake }: { slot: string; value: SlotValue; onTake(value: SlotValue): void }) {
  const t = useFlowsT()
  const type: string | readonly string[] = caseSlots[slot as SlotKey]
  if (type === 'yes-no')
    return (
      <select
        className={controls.field}
        value={String(value)}
        onChange={({ target }) => onTake(target.value === 'true')}
      >
        <option value="true">{t('flows.yes')}</option>
        <option value="false">{t('flows.no')}</option>
      </select>
    )
  if (typeof type !== 'string')
    return (
      <select className={controls.field} value={String(value)} onChange={({ target }) => onTake(target.value)}>
        {type.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    )
  return <input className={controls.field} value={String(value)} onChange={({ target }) => onTake(target.value)} />
}

/** A question that was answered before the flow began is not asked in it. */
function SaidBefore({ text, onChange }: { text: string; onChange(text: string): void }) {
  const t = useFlowsT()
  return (
    <label className={styles.before}>
      {t('flows.trial_before')}
      <textarea
        className={controls.field}
        rows={2}
        value={text}
        placeholder={t('flows.trial_before_example')}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
}

type WalkProps = { flow: Flow; reader: TrialReader; trial: Trial; onPlay(played: Played): void }

function Walk({ flow, reader, trial, onPlay }: WalkProps) {
  const t = useFlowsT()
  const { run } = trial
  const current = currentOf(flow, run, reader)
  const log = useRef<HTMLDivElement>(null)
  const said = trial.bubbles.length
  useEffect(() => {
    if (said > 0) log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [said])
  const at = () => ({ at: new Date(now()).toISOString(), id: newId() })
  const play = (input: RunInput, text?: string) => onPlay({ input, said: text })
  return (
    <>
      <div className={styles.bubble} role="log" aria-label={t('flows.trial_talk')} lang={reader.locale} ref={log}>
        {trial.bubbles.map((bubble, index) => (
          <OneBubble key={`${index} ${bubble.by}`} bubble={bubble} />
        ))}
        {current && run.state === 'running' && (
          <div className={styles.replies}>
            {current.replies.map(({ id, label }) => (
              <button
                key={id}
                type="button"
                onClick={() => play({ type: 'reply', stepId: current.stepId, replyId: id, ...at() }, label)}
              >
                {label}
              </button>
            ))}
            <OwnWords key={said} slot={current.slot} onSay={(text) => onPlay({ words: { text, ...at() } })} />
          </div>
        )}
      </div>
      {run.state === 'checking' && (
        <Look flow={flow} run={run} onFind={(result) => play({ type: 'checks', results: [result], ...at() })} />
      )}
      <Ending run={run} />
      <Effects effects={trial.effects} />
    </>
  )
}

const OneBubble = ({ bubble: { by, text } }: { bubble: Bubble }) => (
  <p className={styles.said} data-by={by}>
    {text}
  </p>
)

function OwnWords({ slot, onSay }: { slot: string | undefined; onSay(text: string): void }) {
  const t = useFlowsT()
  const label =
    slot === undefined ? t('flows.trial_any_words') : t('flows.trial_own_words', { slot: slotName(t, slot) })
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onSay(text.trim())
      }}
    >
      <input
        className={controls.field}
        value={text}
        aria-label={label}
        placeholder={label}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className={controls.button}>
        {t('flows.trial_say')}
      </button>
    </form>
  )
}

type Checking = Extract<Run, { state: 'checking' }>

/** What the product would see for itself, decided by hand. */
function Look({ flow, run, onFind }: { flow: Flow; run: Checking; onFind(result: CheckResult): void }) {
  const t = useFlowsT()
  const need = run.needs.find(({ stepId }) => stepId === run.currentStepId)
  const step = flow.steps.find(({ id }) => id === run.currentStepId)
  if (!need || !step) return null
  const values = foundValues(t, need.check)
  return (
    <fieldset className={styles.look}>
      <legend>{t('flows.trial_look', { check: checkName(t, need.check) })}</legend>
      <p className={controls.hint}>{stepName(t, step)}</p>
      <div className={styles.ways}>
        {outcomesOf(need.check as CheckName).map((outcome) => (
          <button
            key={outcome}
            type="button"
            className={controls.button}
            onClick={() => onFind({ stepId: need.stepId, outcome, ...(outcome === 'unknown' ? {} : { values }) })}
          >
            {outcomeName(t, outcome)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

const fills: Readonly<Record<string, readonly string[]>> = {
  'attachment-size': ['fileName', 'fileSize'],
  'component-status': ['component'],
  'incident-open': ['incident', 'incidentUpdate', 'incidentUrl'],
  'har-finding': ['finding'],
}

const foundValues = (t: FlowsT, check: string): Record<string, string> =>
  Object.fromEntries((fills[check] ?? []).map((name) => [name, t.find(`flows.sample_${snake(name)}`) ?? name]))

function Ending({ run }: { run: Run }) {
  const t = useFlowsT()
  if (run.state === 'running' || run.state === 'checking') return null
  const words =
    run.state === 'handover'
      ? t('flows.ended_handover', { reason: t(`flows.reason_${snakeReason(run.reason)}`) })
      : run.state === 'continued'
        ? t('flows.ended_flow', { flow: run.nextFlowId })
        : t(`flows.ended_${run.state}`)
  return (
    <p className={styles.ended} role="status">
      {words}
    </p>
  )
}

function Effects({ effects }: { effects: readonly Effect[] }) {
  const t = useFlowsT()
  const lines = effects.flatMap((effect) => {
    switch (effect.type) {
      case 'slot':
        return [t('flows.effect_slot', { slot: slotName(t, effect.slot), value: String(effect.value) })]
      case 'tag':
        return [t('flows.effect_tag', { tag: effect.tag })]
      case 'article':
        return [t('flows.effect_article', { slug: effect.slug })]
      case 'tried':
      case 'handover':
      case 'flow':
        return []
    }
  })
  if (lines.length === 0) return null
  return (
    <section className={styles.happened}>
      <h3>{t('flows.happened')}</h3>
      <ul>
        {lines.map((line, index) => (
          <li key={`${index} ${line}`}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
