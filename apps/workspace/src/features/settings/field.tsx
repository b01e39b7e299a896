import { type ReactNode, useId } from 'react'
import controls from '../../app/ui/controls.module.css'
import styles from './settings.module.css'
import { useSettingsT } from './words.ts'

type FieldProps = {
  label: string
  hint?: string
  /** Whether the team decided; without `onReset` there is nothing to go back to. */
  isOurs?: boolean
  onReset?(): void
  children(ids: { id: string; 'aria-describedby': string }): ReactNode
}

/** A labelled control with where its value comes from, and the way back to the operator's. */
export function Field({ label, hint, isOurs = false, onReset, children }: FieldProps) {
  const t = useSettingsT()
  const id = useId()
  const about = `${id}-about`
  return (
    <div>
      <label className={controls.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': about })}
      <p className={styles.about} id={about}>
        {hint !== undefined && <span>{hint}</span>}
        {onReset !== undefined && (
          <span>
            {t(isOurs ? 'settings.from_here' : 'settings.from_operator')}
            {isOurs && (
              <>
                {' · '}
                <button
                  type="button"
                  className={controls.link}
                  onClick={onReset}
                  aria-label={t('settings.use_operator_for', { field: label })}
                >
                  {t('settings.use_operator')}
                </button>
              </>
            )}
          </span>
        )}
      </p>
    </div>
  )
}

type TextFieldProps = {
  label: string
  hint?: string
  /** What the team decided; undefined has the operator's value. */
  value: string | undefined
  operator: string
  onChange(value: string | undefined): void
  type?: 'text' | 'email' | 'url' | 'number'
  maxLength?: number
}

export function TextField({ label, hint, value, operator, onChange, type = 'text', maxLength }: TextFieldProps) {
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      isOurs={value !== undefined}
      onReset={() => onChange(undefined)}
    >
      {(ids) => (
        <input
          {...ids}
          className={controls.field}
          type={type}
          value={value ?? operator}
          maxLength={maxLength}
          autoComplete="off"
          onChange={({ target }) => onChange(target.value === operator ? undefined : target.value)}
        />
      )}
    </Field>
  )
}

type CheckProps = { label: string; checked: boolean; onChange(checked: boolean): void; hint?: string }

export function Check({ label, checked, onChange, hint }: CheckProps) {
  return (
    <div>
      <label className={styles.check}>
        <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
        {label}
      </label>
      {hint !== undefined && <p className={controls.hint}>{hint}</p>}
    </div>
  )
}
