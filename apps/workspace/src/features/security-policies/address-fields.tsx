import type { PolicyValue } from '@clew/contract/security-policies'
import controls from '../../app/ui/controls.module.css'
import styles from './policies.module.css'
import { usePoliciesT } from './words.ts'

type Props = {
  value: PolicyValue<'ip_allow_list'>
  onChange(value: PolicyValue<'ip_allow_list'>): void
  address: string | undefined
}

/** Ranges with a note each, and a quick way to put oneself on the list. */
export function AddressFields({ value: { ranges }, onChange, address }: Props) {
  const t = usePoliciesT()
  const set = (index: number, part: { range?: string; note?: string }) =>
    onChange({ ranges: ranges.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  const add = (range: string) => onChange({ ranges: [...ranges, { range, note: '' }] })
  const isOn = address !== undefined && ranges.some(({ range }) => range === address)
  return (
    <fieldset className={styles.many}>
      <legend className={controls.label}>{t('console-policies.field_ranges')}</legend>
      {ranges.length === 0 && <p className={controls.hint}>{t('console-policies.no_ranges')}</p>}
      {ranges.map(({ range, note }, index) => (
        // Ranges are told apart by their place: two may be typed alike for a moment.
        <div key={`${index} of ranges`} className={styles.range}>
          <input
            className={controls.field}
            aria-label={t('console-policies.range_at', { place: index + 1 })}
            placeholder="192.0.2.0/24"
            autoComplete="off"
            spellCheck={false}
            value={range}
            onChange={({ target }) => set(index, { range: target.value })}
          />
          <input
            className={controls.field}
            aria-label={t('console-policies.note_at', { place: index + 1 })}
            placeholder={t('console-policies.note')}
            maxLength={80}
            value={note}
            onChange={({ target }) => set(index, { note: target.value })}
          />
          <button
            type="button"
            className={controls.button}
            aria-label={t('console-policies.range_remove_at', { range })}
            onClick={() => onChange({ ranges: ranges.filter((_, at) => at !== index) })}
          >
            {t('console-policies.range_remove')}
          </button>
        </div>
      ))}
      <div className={styles.ways}>
        <button type="button" className={controls.button} onClick={() => add('')}>
          {t('console-policies.range_add')}
        </button>
        {address !== undefined && !isOn && (
          <button type="button" className={controls.button} onClick={() => add(address)}>
            {t('console-policies.range_add_own', { address })}
          </button>
        )}
      </div>
    </fieldset>
  )
}
