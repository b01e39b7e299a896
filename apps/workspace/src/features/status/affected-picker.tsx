import type { AffectedComponent, ComponentStatus, StatusComponent } from '@clew/contract/status'
import { useId } from 'react'
import controls from '../../app/ui/controls.module.css'
import { Select } from '../../app/ui/select.tsx'
import { Status } from '../../app/ui/status.tsx'
import styles from './status.module.css'
import { componentStatuses, looks, textIn, withAffected } from './status-model.ts'
import { useStatusT } from './words.ts'

type AffectedPickerProps = {
  components: readonly StatusComponent[]
  value: readonly AffectedComponent[]
  onChange(value: AffectedComponent[]): void
}

/** Which components an incident hurts, and how badly. */
export function AffectedPicker({ components, value, onChange }: AffectedPickerProps) {
  const t = useStatusT()
  const id = useId()
  return (
    <fieldset className={styles.affected}>
      <legend className={controls.label}>{t('status.field_components')}</legend>
      <ul>
        {components.map((component) => {
          const status = value.find(({ componentId }) => componentId === component.id)?.status
          const field = `${id}-${component.id}`
          return (
            <li key={component.id}>
              <label htmlFor={field}>
                {status !== undefined && <Status {...looks[status]} hidden />} {textIn(component.names, t.locale)}
              </label>
              <Select
                id={field}
                value={status ?? ''}
                onChange={({ target }) =>
                  onChange(withAffected(value, component.id, (target.value as ComponentStatus | '') || undefined))
                }
              >
                <option value="">{t('status.not_affected')}</option>
                {componentStatuses.map((each) => (
                  <option key={each} value={each}>
                    {t(`status.component_${each}`)}
                  </option>
                ))}
              </Select>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
