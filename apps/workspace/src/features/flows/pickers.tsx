import { type FlowStep, type StepKind, stepKinds } from '@clew/flows/flow'
import { caseSlots, type SlotValue, slotType } from '@clew/flows/slots'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { getAt, type Path } from './document.ts'
import { useEditor } from './editor-context.tsx'
import styles from './fields.module.css'
import { Field, type FieldIds } from './fields.tsx'
import { nextName, slotName, stepName } from './names.ts'
import { useFlowsT } from './words.ts'

type NextProps = {
  label: string
  path: Path
  /** Where it leads without a value of its own. Without it there has to be one. */
  usual?: string | undefined
}

/** Where it goes on: a step by its title, an end, or a step that is made for it. */
export function NextPicker({ label, path, usual }: NextProps) {
  const t = useFlowsT()
  const { flow, dispatch } = useEditor()
  const value = getAt(flow, path)
  const own = Number(path[1])
  const current = typeof value === 'string' ? value : ''
  const isLost = current !== '' && !ends.includes(current) && flow.steps.every(({ id }) => id !== current)
  const choose = (chosen: string) => {
    const kind = stepKinds.find((each) => `+${each}` === chosen)
    if (kind) dispatch({ type: 'lead', kind, path, next: current || usual })
    else dispatch({ type: 'set', path, value: chosen === '' ? undefined : chosen })
  }
  return (
    <Field label={label} path={path}>
      {(ids) => (
        <Select {...ids} boxed value={current} onChange={({ target }) => choose(target.value)}>
          {usual !== undefined && (
            <option value="">{t('flows.next_usual', { step: nextName(t, flow.steps, usual) })}</option>
          )}
          {usual === undefined && current === '' && <option value="">–</option>}
          {isLost && <option value={current}>{current}</option>}
          <optgroup label={t('flows.next_ends')}>
            <option value="done">{t('flows.next_done')}</option>
            <option value="handover">{t('flows.next_handover')}</option>
          </optgroup>
          <optgroup label={t('flows.next_steps')}>
            {flow.steps.map((step, index) => (
              <option key={step.id} value={step.id}>
                {stepName(t, step)}
                {index === own ? ` ${t('flows.next_itself')}` : ''}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('flows.next_new')}>
            {stepKinds.map((kind) => (
              <option key={kind} value={`+${kind}`}>
                {t(`flows.new_${kind}`)}
              </option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  )
}

const ends: readonly string[] = ['done', 'handover']

export type SlotKey = keyof typeof caseSlots
const slotKeys = Object.keys(caseSlots) as SlotKey[]

/** A field of the case, or a name of the flow's own. */
export function SlotPicker({ label, path }: { label: string; path: Path }) {
  const t = useFlowsT()
  const { flow, dispatch } = useEditor()
  const value = String(getAt(flow, path) ?? '')
  const isOwn = value.startsWith('flow.')
  const isKnown = slotKeys.some((key) => key === value)
  const set = (slot: string, typing = false) => dispatch({ type: 'set', path, value: slot, typing })
  return (
    <>
      <Field label={label} path={path}>
        {(ids) => (
          <Select
            {...ids}
            boxed
            value={isOwn ? 'flow.' : value}
            onChange={({ target }) => set(target.value === 'flow.' ? 'flow.answer' : target.value)}
          >
            {!isOwn && !isKnown && <option value={value}>{value || '–'}</option>}
            <option value="flow.">{t('flows.slot_own')}</option>
            {slotKeys.map((key) => (
              <option key={key} value={key}>
                {slotName(t, key)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isOwn && (
        <Field label={t('flows.slot_own_name')} path={path} hint={t('flows.slot_own_hint')}>
          {(ids) => (
            <input
              {...ids}
              className={controls.field}
              value={value.slice(5)}
              maxLength={24}
              autoComplete="off"
              onChange={({ target }) => set(`flow.${target.value}`, true)}
            />
          )}
        </Field>
      )}
    </>
  )
}

type ValueProps = { label: string; slot: string; path: Path; onChange?(value: SlotValue): void }

/** A value that the slot can have. */
export function ValueField({ label, slot, path, onChange }: ValueProps) {
  const { flow, dispatch } = useEditor()
  const value = getAt(flow, path)
  const take = (next: SlotValue, typing = false) =>
    onChange ? onChange(next) : dispatch({ type: 'set', path, value: next, typing })
  return (
    <Field label={label} path={path} isWithin>
      {(ids) => <ValueControl {...{ ids, slot, value }} onTake={take} />}
    </Field>
  )
}

type ControlProps = { ids: FieldIds; slot: string; value: unknown; onTake(value: SlotValue, typing?: boolean): void }

function ValueControl({ ids, slot, value, onTake }: ControlProps) {
  const t = useFlowsT()
  const type = slotType(slot)
  if (type === 'yes-no')
    return (
      <Select {...ids} boxed value={String(value)} onChange={({ target }) => onTake(target.value === 'true')}>
        {typeof value !== 'boolean' && <option value={String(value)}>–</option>}
        <option value="true">{t('flows.yes')}</option>
        <option value="false">{t('flows.no')}</option>
      </Select>
    )
  if (Array.isArray(type))
    return (
      <Select {...ids} boxed value={String(value)} onChange={({ target }) => onTake(target.value)}>
        {!type.includes(value) && <option value={String(value)}>{String(value) || '–'}</option>}
        {type.map((each: string) => (
          <option key={each}>{each}</option>
        ))}
      </Select>
    )
  return (
    <input
      {...ids}
      className={controls.field}
      value={String(value ?? '')}
      maxLength={120}
      autoComplete="off"
      onChange={({ target }) => onTake(target.value, true)}
    />
  )
}

/** The kinds of step that may be added, as buttons. */
export function AddStep({ after }: { after: FlowStep }) {
  const t = useFlowsT()
  const { dispatch, mayEdit } = useEditor()
  if (!mayEdit) return null
  const isEnd = after.kind === 'end'
  const add = (kind: StepKind) =>
    dispatch(isEnd ? { type: 'before', kind, id: after.id } : { type: 'add', kind, after: after.id })
  return (
    <fieldset className={styles.adding}>
      <legend className={controls.label}>{t(isEnd ? 'flows.add_before' : 'flows.add_after')}</legend>
      {stepKinds
        .filter((kind) => !isEnd || kind !== 'end')
        .map((kind) => (
          <button key={kind} type="button" className={controls.button} onClick={() => add(kind)}>
            {t(`flows.kind_${kind}`)}
          </button>
        ))}
    </fieldset>
  )
}
