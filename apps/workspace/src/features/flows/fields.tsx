import { type ReactNode, useId } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { getAt, type Path } from './document.ts'
import { FaultLines, useEditor, useFaults } from './editor-context.tsx'
import styles from './fields.module.css'

export type FieldIds = { id: string; 'aria-describedby': string; 'aria-invalid': true | undefined; disabled: boolean }

type FieldProps = { label: string; path: Path; hint?: string; isWithin?: boolean; children(ids: FieldIds): ReactNode }

/** A labelled control bound to one place of the flow, with what is wrong there. */
export function Field({ label, path, hint, isWithin, children }: FieldProps) {
  const id = useId()
  const { mayEdit } = useEditor()
  const faults = useFaults(path, isWithin)
  return (
    <div className={styles.field}>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': `${id}-hint ${id}-fault`,
        'aria-invalid': faults.length > 0 || undefined,
        disabled: !mayEdit,
      })}
      {hint !== undefined && (
        <span id={`${id}-hint`} className={controls.hint}>
          {hint}
        </span>
      )}
      <FaultLines id={`${id}-fault`} faults={faults} />
    </div>
  )
}

type TextProps = { label: string; path: Path; hint?: string; max: number; isOptional?: boolean }

export function TextField({ label, path, hint, max, isOptional = false }: TextProps) {
  const { flow, dispatch } = useEditor()
  const value = getAt(flow, path)
  return (
    <Field label={label} path={path} {...(hint === undefined ? {} : { hint })}>
      {(ids) => (
        <input
          {...ids}
          className={controls.field}
          value={typeof value === 'string' ? value : ''}
          maxLength={max}
          autoComplete="off"
          onChange={({ target }) => {
            const next = isOptional && target.value === '' ? undefined : target.value
            dispatch({ type: 'set', path, value: next, typing: true })
          }}
        />
      )}
    </Field>
  )
}

type ChoiceProps = {
  label: string
  path: Path
  hint?: string
  options: readonly { value: string; label: string }[]
  /** What no value at all is called; without it there has to be one. */
  none?: string
  onChoose?(value: string | undefined): void
}

export function ChoiceField({ label, path, hint, options, none, onChoose }: ChoiceProps) {
  const { flow, dispatch } = useEditor()
  const value = getAt(flow, path)
  const choose = (chosen: string) => {
    const next = chosen === '' ? undefined : chosen
    if (onChoose) onChoose(next)
    else dispatch({ type: 'set', path, value: next })
  }
  return (
    <Field label={label} path={path} {...(hint === undefined ? {} : { hint })}>
      {(ids) => (
        <Select
          {...ids}
          boxed
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => choose(target.value)}
        >
          {none !== undefined && <option value="">{none}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

type ListProps = { label: string; path: Path; hint: string; isLines?: boolean; isRequired?: boolean }

/** A few words, written with commas or one to a line; taken when the field is left. */
export function ListField({ label, path, hint, isLines = false, isRequired = false }: ListProps) {
  const { flow, dispatch } = useEditor()
  const value = getAt(flow, path)
  const written = Array.isArray(value) ? value.join(isLines ? '\n' : ', ') : ''
  const take = (text: string) => {
    const words = text.split(isLines ? '\n' : ',').map((word) => word.trim())
    const all = words.filter((word) => word !== '')
    if (all.join() === (Array.isArray(value) ? value.join() : '')) return
    dispatch({ type: 'set', path, value: all.length === 0 && !isRequired ? undefined : all })
  }
  return (
    <Field label={label} path={path} hint={hint} isWithin>
      {(ids) =>
        isLines ? (
          <textarea
            {...ids}
            key={written}
            className={controls.field}
            rows={5}
            defaultValue={written}
            onBlur={({ target }) => take(target.value)}
          />
        ) : (
          <input
            {...ids}
            key={written}
            className={controls.field}
            defaultValue={written}
            autoComplete="off"
            onBlur={({ target }) => take(target.value)}
          />
        )
      }
    </Field>
  )
}

export function Details({ title, isOpen = false, children }: { title: string; isOpen?: boolean; children: ReactNode }) {
  return (
    <details className={styles.details} open={isOpen || undefined}>
      <summary>{title}</summary>
      <div className={styles.fields}>{children}</div>
    </details>
  )
}
