import { type CheckName, checks } from '@clew/flows/checks'
import type { FlowStep } from '@clew/flows/flow'
import { limits } from '@clew/flows/limits'
import { outcomeOf } from '@clew/flows/steps'
import controls from '../../app/ui/controls.module.css'
import { type Path, withCheck } from './document.ts'
import { FaultLines, useEditor, useFaults } from './editor-context.tsx'
import { EffectsField } from './effects-field.tsx'
import styles from './fields.module.css'
import { ChoiceField, Details, Field, ListField } from './fields.tsx'
import { checkName, outcomeName } from './names.ts'
import { NextPicker, SlotPicker, ValueField } from './pickers.tsx'
import { RowTools } from './replies-field.tsx'
import { TextPair } from './text-pair.tsx'
import { useFlowsT } from './words.ts'

type CheckStep = Extract<FlowStep, { kind: 'check' }>
type BranchStep = Extract<FlowStep, { kind: 'branch' }>

const checkNames = Object.keys(checks) as CheckName[]

/** What is looked at, and what it has to be told for it. */
export function CheckField({ step, path }: { step: CheckStep; path: Path }) {
  const t = useFlowsT()
  const { dispatch } = useEditor()
  const choose = (check: string | undefined) => {
    const name = checkNames.find((each) => each === check)
    if (name) dispatch({ type: 'set', path, value: withCheck(step, name) })
  }
  return (
    <>
      <ChoiceField
        label={t('flows.check')}
        path={[...path, 'check']}
        options={checkNames.map((value) => ({ value, label: checkName(t, value) }))}
        onChoose={choose}
      />
      <CheckParams step={step} path={[...path, 'with']} />
    </>
  )
}

function CheckParams({ step, path }: { step: CheckStep; path: Path }) {
  const t = useFlowsT()
  switch (step.check) {
    case 'attachment-size':
      return <OverBytes value={step.with.overBytes} path={[...path, 'overBytes']} />
    case 'component-status':
    case 'incident-open':
      return <ComponentField path={path} />
    case 'har-finding':
      return <ListField label={t('flows.rules')} path={[...path, 'rules']} hint={t('flows.rules_hint')} isRequired />
    case 'slot-known':
      return <SlotPicker label={t('flows.branch_slot')} path={[...path, 'slot']} />
    case 'membership':
      return <p className={controls.hint}>{t('flows.membership_hint')}</p>
  }
}

function ComponentField({ path }: { path: Path }) {
  const t = useFlowsT()
  const { flow, dispatch } = useEditor()
  const step = flow.steps[Number(path[1])]
  const params =
    step?.kind === 'check' && 'with' in step ? (step.with as { component?: string } | undefined) : undefined
  return (
    <Field label={t('flows.component')} path={path} hint={t('flows.component_hint')} isWithin>
      {(ids) => (
        <input
          {...ids}
          className={controls.field}
          value={params?.component ?? ''}
          maxLength={120}
          autoComplete="off"
          onChange={({ target }) => {
            const value = target.value === '' ? undefined : { component: target.value }
            dispatch({ type: 'set', path, value, typing: true })
          }}
        />
      )}
    </Field>
  )
}

const named = ['uploadLimit', 'captureLimit'] as const

function OverBytes({ value, path }: { value: number | string; path: Path }) {
  const t = useFlowsT()
  const { dispatch } = useEditor()
  return (
    <Field label={t('flows.over_bytes')} path={path}>
      {(ids) => (
        <span className={styles.inline}>
          <select
            {...ids}
            className={controls.field}
            value={typeof value === 'number' ? 'own' : value}
            onChange={({ target }) =>
              dispatch({ type: 'set', path, value: target.value === 'own' ? 20_000_000 : target.value })
            }
          >
            {named.map((each) => (
              <option key={each} value={each}>
                {t(each === 'uploadLimit' ? 'flows.placeholder_upload_limit' : 'flows.placeholder_capture_limit')}
              </option>
            ))}
            <option value="own">{t('flows.over_own')}</option>
          </select>
          {typeof value === 'number' && (
            <input
              className={controls.field}
              type="number"
              min={1}
              aria-label={t('flows.over_mb')}
              value={value / 1_000_000}
              onChange={({ target }) =>
                dispatch({ type: 'set', path, value: Math.round(Number(target.value) * 1_000_000), typing: true })
              }
            />
          )}
        </span>
      )}
    </Field>
  )
}

/** Where each thing that may be found leads. */
export function OutcomesField({ step, path }: { step: CheckStep; path: Path }) {
  const t = useFlowsT()
  return (
    <section className={styles.group} aria-label={t('flows.outcomes')}>
      <h3>{t('flows.outcomes')}</h3>
      <ul className={styles.rows}>
        {Object.keys(step.outcomes).map((name) => (
          <li key={name}>
            <OneOutcome step={step} name={name} path={[...path, 'outcomes', name]} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OneOutcome({ step, name, path }: { step: CheckStep; name: string; path: Path }) {
  const t = useFlowsT()
  const { dispatch } = useEditor()
  const written = new Map<string, unknown>(Object.entries(step.outcomes)).get(name)
  const isPlain = typeof written === 'string'
  const faults = useFaults(path)
  return (
    <>
      <NextPicker label={outcomeName(t, name)} path={isPlain ? path : [...path, 'next']} />
      {!isPlain && <FaultLines id={`${step.id}-${name}`} faults={faults} />}
      {isPlain ? (
        <button
          type="button"
          className={controls.link}
          onClick={() => dispatch({ type: 'set', path, value: { next: outcomeOf(step, name).next } })}
          aria-label={t('flows.outcome_words_for', { outcome: outcomeName(t, name) })}
        >
          {t('flows.outcome_words')}
        </button>
      ) : (
        <Details title={t('flows.outcome_more')}>
          {step.check !== 'membership' && (
            <TextPair label={t('flows.say')} path={[...path, 'say']} max={limits.textLength} isLong isOptional />
          )}
          <TextPair label={t('flows.note')} path={[...path, 'note']} max={limits.textLength} isLong isOptional />
          <TextPair label={t('flows.admin')} path={[...path, 'admin']} max={limits.textLength} isLong isOptional />
          <EffectsField path={path} withArticle={false} />
        </Details>
      )}
    </>
  )
}

/** A way for each value. */
export function CasesField({ step, path }: { step: BranchStep; path: Path }) {
  const t = useFlowsT()
  const { dispatch, mayEdit } = useEditor()
  const place = [...path, 'cases']
  const { cases } = step
  const write = (next: BranchStep['cases']) => dispatch({ type: 'set', path: place, value: next })
  const move = (index: number, by: number) => {
    const next = [...cases]
    const [moved] = next.splice(index, 1)
    if (moved) next.splice(index + by, 0, moved)
    write(next)
  }
  return (
    <section className={styles.group} aria-label={t('flows.cases')}>
      <h3>{t('flows.cases')}</h3>
      <ol className={styles.rows}>
        {cases.map((each, index) => (
          <li key={`${index} ${cases.length}`}>
            <OneCase step={step} index={index} path={[...place, index]} />
            {mayEdit && (
              <RowTools
                name={String(each.is)}
                isFirst={index === 0}
                isLast={index === cases.length - 1}
                onMove={(by) => move(index, by)}
                onRemove={() => write(cases.filter((_case, at) => at !== index))}
              />
            )}
          </li>
        ))}
      </ol>
      {mayEdit && cases.length < limits.cases && (
        <button
          type="button"
          className={controls.button}
          onClick={() => write([...cases, { is: '', next: step.otherwise }])}
        >
          {t('flows.add_case')}
        </button>
      )}
    </section>
  )
}

function OneCase({ step, index, path }: { step: BranchStep; index: number; path: Path }) {
  const t = useFlowsT()
  const { dispatch, mayEdit } = useEditor()
  const is = step.cases[index]?.is
  const place = [...path, 'is']
  return (
    <>
      {Array.isArray(is) ? (
        <ListField label={t('flows.case_is')} path={place} hint={t('flows.case_hint')} isRequired />
      ) : (
        <ValueField label={t('flows.case_is')} slot={step.slot} path={place} />
      )}
      {typeof is === 'string' && mayEdit && (
        <button
          type="button"
          className={controls.link}
          onClick={() => dispatch({ type: 'set', path: place, value: [is] })}
        >
          {t('flows.case_several')}
        </button>
      )}
      <NextPicker label={t('flows.leads_to')} path={[...path, 'next']} />
    </>
  )
}
