import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import styles from './policies.module.css'

type TickProps = { label: string; isOn: boolean; isOff?: boolean; onChange(isOn: boolean): void }

export function Tick({ label, isOn, isOff = false, onChange }: TickProps) {
  return (
    <label className={styles.tick}>
      <input type="checkbox" checked={isOn} disabled={isOff} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  )
}

type CountProps = { label: string; value: number; range: readonly [number, number]; onChange(value: number): void }

/** A whole number; an empty field is no number, and waits until there is one. */
export function Count({ label, value, range: [min, max], onChange }: CountProps) {
  return (
    <label className={styles.count}>
      <span className={controls.label}>{label}</span>
      <input
        className={controls.field}
        type="number"
        required
        min={min}
        max={max}
        step={1}
        value={Number.isNaN(value) ? '' : value}
        onChange={({ target }) => onChange(target.valueAsNumber)}
      />
    </label>
  )
}

type Option<V extends string> = { value: V; label: string }

type ManyProps<V extends string> = {
  label: string
  choice: readonly Option<V>[]
  chosen: readonly V[]
  onChange(chosen: V[]): void
}

/** Any of several, kept in the order of the choice. */
export function Many<V extends string>({ label, choice, chosen, onChange }: ManyProps<V>) {
  const toggle = (value: V, isOn: boolean) =>
    onChange(choice.map((each) => each.value).filter((each) => (each === value ? isOn : chosen.includes(each))))
  return (
    <fieldset className={styles.many}>
      <legend className={controls.label}>{label}</legend>
      {choice.map((each) => (
        <Tick
          key={each.value}
          label={each.label}
          isOn={chosen.includes(each.value)}
          onChange={(isOn) => toggle(each.value, isOn)}
        />
      ))}
    </fieldset>
  )
}

type ChoiceProps<V extends string> = { label: string; choice: readonly Option<V>[]; value: V; onChange(value: V): void }

export function Choice<V extends string>({ label, choice, value, onChange }: ChoiceProps<V>) {
  return (
    <label className={styles.wide}>
      <span className={controls.label}>{label}</span>
      <Select
        boxed
        value={value}
        onChange={({ target }) => {
          const chosen = choice.find((each) => each.value === target.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {choice.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </Select>
    </label>
  )
}
