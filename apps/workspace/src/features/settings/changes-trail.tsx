import type { SettingsChange, SettingsGroup } from '@clew/contract/settings'
import { useQuery } from '@tanstack/react-query'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { fullMoment, shortMoment, useNow } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import { knotClass, RailRow, sideLedgerClass } from '../../app/ui/rail.tsx'
import { changesQuery } from './api.ts'
import styles from './settings.module.css'
import { type SettingsT, useSettingsT } from './words.ts'

/** Who changed what, the newest first. */
export function ChangesTrail({ group }: { group: SettingsGroup }) {
  const t = useSettingsT()
  const workspace = useT()
  const { data, error } = useQuery(changesQuery(group))
  return (
    <aside className={styles.trail} aria-label={t('settings.trail')}>
      <h2>{t('settings.trail')}</h2>
      {error !== null && <p role="alert">{errorText(workspace, error)}</p>}
      {data === undefined && error === null && <Bones widths={[70, 50]} />}
      {data?.changes.length === 0 && <p className={styles.quiet}>{t('settings.trail_empty')}</p>}
      {data !== undefined && data.changes.length > 0 && (
        <ol className={sideLedgerClass}>
          {data.changes.map((change) => (
            <ChangeRow key={change.id} change={change} />
          ))}
        </ol>
      )}
    </aside>
  )
}

function ChangeRow({ change }: { change: SettingsChange }) {
  const t = useSettingsT()
  const workspace = useT()
  const now = useNow()
  const margin = (
    <>
      <time dateTime={change.at} title={fullMoment(workspace, change.at)}>
        {shortMoment(workspace, change.at, now)}
      </time>
      <span className={knotClass} />
    </>
  )
  return (
    <RailRow as="li" className={styles.change} margin={margin}>
      <b>{change.by}</b>
      <ul>
        {change.fields.map((field) => (
          <li key={field.field}>{lineOf(t, field)}</li>
        ))}
      </ul>
    </RailRow>
  )
}

function lineOf(t: SettingsT, { field, before, after }: SettingsChange['fields'][number]): string {
  const name = t.find(`settings.field_${snake(field)}`) ?? field
  const [old, now] = [wordsOf(t, before), wordsOf(t, after)]
  // A key is neither shown nor told; a week or a list of holidays is too long for a line.
  if (field === 'key' || old === undefined || now === undefined) return t('settings.trail_changed', { field: name })
  return t('settings.trail_line', { field: name, before: old, after: now })
}

const snake = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A value in a few words; undefined where it takes more than that. */
function wordsOf(t: SettingsT, value: unknown): string | undefined {
  if (value === null || value === undefined) return t('settings.value_operator')
  if (typeof value === 'boolean') return t(value ? 'settings.value_on' : 'settings.value_off')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return undefined
  return value.length === 0 ? t('settings.value_none') : value.join(', ')
}
