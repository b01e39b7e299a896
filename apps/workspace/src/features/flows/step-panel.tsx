import type { FlowStep } from '@clew/flows/flow'
import { limits } from '@clew/flows/limits'
import { useEffect, useRef } from 'react'
import controls from '../../app/ui/controls.module.css'
import { type Path, stepIndex } from './document.ts'
import { useEditor, useFaults } from './editor-context.tsx'
import { EffectsField } from './effects-field.tsx'
import { faultText } from './fault-text.ts'
import styles from './fields.module.css'
import { ChoiceField, Details } from './fields.tsx'
import { KindIcon } from './kind-icon.tsx'
import { CasesField, CheckField, OutcomesField } from './look-fields.tsx'
import { stepName } from './names.ts'
import { AddStep, NextPicker, SlotPicker } from './pickers.tsx'
import { ReasonField, RepliesField } from './replies-field.tsx'
import { ReadField } from './said-fields.tsx'
import { StepId } from './step-id.tsx'
import { TextPair } from './text-pair.tsx'
import { useFlowsT } from './words.ts'

/** One step with everything that it says and does. */
export function StepPanel({ id, onRemove }: { id: string; onRemove(id: string): void }) {
  const t = useFlowsT()
  const { flow, dispatch, mayEdit } = useEditor()
  const head = useRef<HTMLHeadingElement>(null)
  const index = stepIndex(flow, id)
  const step = flow.steps[index]
  useEffect(() => {
    if (id !== '') head.current?.focus({ preventScroll: false })
  }, [id])
  if (!step) return null
  const path = ['steps', index]
  return (
    <div className={styles.fields} data-is="step">
      <h2 ref={head} tabIndex={-1} className={styles.head}>
        <KindIcon kind={step.kind} />
        {stepName(t, step)}
      </h2>
      <p className={controls.hint}>{t(`flows.about_${step.kind}`)}</p>
      <OwnFaults path={path} />
      <StepFields step={step} path={path} />
      <Notes step={step} path={path} />
      {step.kind !== 'check' && step.kind !== 'branch' && <EffectsField path={path} />}
      <StepId step={step} path={path} />
      <AddStep after={step} />
      {mayEdit && (
        <div className={styles.ways}>
          {index > 0 && (
            <button type="button" className={controls.button} onClick={() => dispatch({ type: 'begin', id })}>
              {t('flows.begin_here')}
            </button>
          )}
          {flow.steps.length > 1 && (
            <button type="button" className={controls.button} onClick={() => onRemove(id)}>
              {t('flows.remove_step')} <kbd>Del</kbd>
            </button>
          )}
        </div>
      )}
    </div>
  )
}

/** What is wrong with the step as a whole, such as that nothing leads to it. */
function OwnFaults({ path }: { path: Path }) {
  const t = useFlowsT()
  const faults = useFaults(path)
  if (faults.length === 0) return null
  return (
    <ul className={styles.fault} role="alert">
      {faults.map((fault) => (
        <li key={fault.code}>{faultText(t, fault)}</li>
      ))}
    </ul>
  )
}

function StepFields({ step, path }: { step: FlowStep; path: Path }) {
  const t = useFlowsT()
  switch (step.kind) {
    case 'say':
      return (
        <>
          <Said path={path} />
          <NextPicker label={t('flows.leads_to')} path={[...path, 'next']} />
        </>
      )
    case 'do':
      return (
        <>
          <Title path={path} />
          <Said path={path} />
          <Minutes path={path} />
          <NextPicker label={t('flows.next_if_not')} path={[...path, 'next']} />
          <RepliesField step={step} path={path} />
        </>
      )
    case 'ask':
      return (
        <>
          <Title path={path} />
          <Said path={path} />
          <SlotPicker label={t('flows.slot')} path={[...path, 'slot']} />
          <ReadField slot={step.slot} path={path} />
          <NextPicker label={t('flows.next_answered')} path={[...path, 'next']} />
          <RepliesField step={step} path={path} />
        </>
      )
    case 'check':
      return (
        <>
          <CheckField step={step} path={path} />
          <OutcomesField step={step} path={path} />
        </>
      )
    case 'branch':
      return (
        <>
          <SlotPicker label={t('flows.branch_slot')} path={[...path, 'slot']} />
          <CasesField step={step} path={path} />
          <NextPicker label={t('flows.otherwise')} path={[...path, 'otherwise']} />
        </>
      )
    case 'end':
      return <EndFields step={step} path={path} />
  }
}

function EndFields({ step, path }: { step: Extract<FlowStep, { kind: 'end' }>; path: Path }) {
  const t = useFlowsT()
  const { dispatch, others } = useEditor()
  const change = (end: string | undefined) => {
    const { reason: _reason, flow: _flow, ...rest } = step
    dispatch({ type: 'set', path, value: { ...rest, end } })
  }
  return (
    <>
      <ChoiceField
        label={t('flows.end')}
        path={[...path, 'end']}
        options={ends.map((value) => ({ value, label: t(`flows.end_${value}`) }))}
        onChoose={change}
      />
      {step.end === 'handover' && <ReasonField path={path} />}
      {step.end === 'flow' && (
        <ChoiceField
          label={t('flows.end_which')}
          path={[...path, 'flow']}
          none="–"
          options={others.map(({ id, title }) => ({ value: id, label: title[t.locale] }))}
        />
      )}
      <Said path={path} isOptional />
    </>
  )
}

const ends = ['done', 'answer', 'handover', 'flow'] as const

const Title = ({ path }: { path: Path }) => (
  <TextPair label={useFlowsT()('flows.title')} path={[...path, 'title']} max={limits.titleLength} />
)

function Said({ path, isOptional = false }: { path: Path; isOptional?: boolean }) {
  const t = useFlowsT()
  return (
    <TextPair label={t('flows.say')} path={[...path, 'say']} max={limits.textLength} isLong isOptional={isOptional} />
  )
}

function Minutes({ path }: { path: Path }) {
  const t = useFlowsT()
  const minutes = ['1', '2', '3', '5', '10', '15', '30']
  const { flow, dispatch } = useEditor()
  const step = flow.steps[Number(path[1])]
  const value = step?.kind === 'do' ? step.minutes : undefined
  const all = value === undefined || minutes.includes(String(value)) ? minutes : [...minutes, String(value)]
  return (
    <label className={styles.inline}>
      {t('flows.minutes')}
      <select
        className={styles.small}
        value={value === undefined ? '' : String(value)}
        onChange={({ target }) => {
          const next = target.value === '' ? undefined : Number(target.value)
          dispatch({ type: 'set', path: [...path, 'minutes'], value: next })
        }}
      >
        <option value="">–</option>
        {all.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  )
}

function Notes({ step, path }: { step: FlowStep; path: Path }) {
  const t = useFlowsT()
  if (step.kind === 'check' || step.kind === 'branch') return null
  return (
    <Details title={t('flows.notes')} isOpen={step.note !== undefined || step.admin !== undefined}>
      <TextPair label={t('flows.note')} path={[...path, 'note']} max={limits.textLength} isLong isOptional />
      <TextPair label={t('flows.admin')} path={[...path, 'admin']} max={limits.textLength} isLong isOptional />
    </Details>
  )
}
