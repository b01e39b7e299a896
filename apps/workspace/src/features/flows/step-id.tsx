import type { FlowStep } from '@clew/flows/flow'
import { limits } from '@clew/flows/limits'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import type { Path } from './document.ts'
import { useEditor } from './editor-context.tsx'
import { Details, Field } from './fields.tsx'
import { useFlowsT } from './words.ts'

/** The name of a step in files and in conversations that are at it. Changed when the field is left. */
export function StepId({ step, path }: { step: FlowStep; path: Path }) {
  const t = useFlowsT()
  const { flow, dispatch } = useEditor()
  const [isTaken, setTaken] = useState(false)
  const take = (to: string) => {
    const taken = to !== step.id && flow.steps.some(({ id }) => id === to)
    setTaken(taken)
    if (!taken && to !== '') dispatch({ type: 'rename', id: step.id, to })
  }
  return (
    <Details title={t('flows.id_of', { id: step.id })}>
      <Field label={t('flows.step_id')} path={[...path, 'id']} hint={t('flows.step_id_hint')}>
        {(ids) => (
          <input
            {...ids}
            key={step.id}
            className={controls.field}
            defaultValue={step.id}
            maxLength={limits.idLength}
            autoComplete="off"
            spellCheck={false}
            onBlur={({ target }) => take(target.value.trim())}
          />
        )}
      </Field>
      {isTaken && <p role="alert">{t('flows.fault_duplicate_id')}</p>}
    </Details>
  )
}
