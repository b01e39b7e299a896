import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: readonly Value[]
  nameOf(value: Value): string
  onChange(value: Value): void
}

/** A labelled list of a few choices. */
export function Choice<Value extends string>({ label, value, options, nameOf, onChange }: ChoiceProps<Value>) {
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <Select boxed value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {options.map((each) => (
          <option key={each} value={each}>
            {nameOf(each)}
          </option>
        ))}
      </Select>
    </label>
  )
}
