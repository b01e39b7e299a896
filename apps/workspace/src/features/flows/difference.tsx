import type { Difference, FieldChange } from './diff.ts'
import { isNothing } from './diff.ts'
import styles from './panels.module.css'
import { type FlowsT, useFlowsT } from './words.ts'

/** What changed, in words. */
export function DifferenceList({ difference, onOpen }: { difference: Difference; onOpen?(id: string): void }) {
  const t = useFlowsT()
  if (isNothing(difference)) return <p className={styles.quiet}>{t('flows.same')}</p>
  return (
    <ul className={styles.difference}>
      {difference.flow.length > 0 && (
        <li>
          <b>{t('flows.whole')}</b>
          <Fields fields={difference.flow} />
        </li>
      )}
      {difference.steps.map(({ id, title, change, fields }) => (
        <li key={`${change} ${id}`} data-change={change}>
          <b>{t(`flows.change_${change}`)}</b>{' '}
          {onOpen && change !== 'removed' ? (
            <button type="button" onClick={() => onOpen(id)}>
              {title}
            </button>
          ) : (
            <span>{title}</span>
          )}
          <Fields fields={fields} />
        </li>
      ))}
    </ul>
  )
}

function Fields({ fields }: { fields: readonly FieldChange[] }) {
  const t = useFlowsT()
  if (fields.length === 0) return null
  return (
    <ul>
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {fieldName(t, field)}
          {before !== undefined && after !== undefined && (
            <>
              : {before !== '' && <del>{before}</del>} {after !== '' && <ins>{after}</ins>}
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

const fieldName = (t: FlowsT, field: string): string => t.find(`flows.field_${field}`) ?? field
