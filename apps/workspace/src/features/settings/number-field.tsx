import controls from '../../app/ui/controls.module.css'
import { Field } from './field.tsx'

type NumberFieldProps = {
  label: string
  hint?: string
  value: number | undefined
  operator: number
  /** How many of what is stored make one of what is shown. */
  unit?: number
  range: readonly [least: number, most: number]
  onChange(value: number | undefined): void
}

/** A whole number within a range; what is empty has the operator's value. */
export function NumberField({ label, hint, value, operator, unit = 1, range, onChange }: NumberFieldProps) {
  const [least, most] = range
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
          type="number"
          min={least / unit}
          max={most / unit}
          value={(value ?? operator) / unit}
          onChange={({ target }) => {
            const given = Math.round(target.valueAsNumber * unit)
            onChange(Number.isNaN(given) || given === operator ? undefined : given)
          }}
        />
      )}
    </Field>
  )
}
