import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import { actorsQuery, type LogOf } from './api.ts'
import styles from './audit.module.css'
import { type Chosen, whats, whens } from './filters.ts'
import { useAuditT } from './words.ts'

type FilterBarProps = { of: LogOf; chosen: Chosen; onChange(chosen: Chosen): void }

const pauseMs = 300

export function FilterBar({ of, chosen, onChange }: FilterBarProps) {
  const t = useAuditT()
  const actors = useQuery(actorsQuery(of)).data?.actors ?? []
  const set = (change: Partial<Chosen>) => onChange({ ...chosen, ...change })
  return (
    <RailRow margin={t('console-audit.show')} className={styles.filterRow}>
      <search className={styles.filters} aria-label={t('console-audit.filters')}>
        <Select
          boxed
          aria-label={t('console-audit.who')}
          value={chosen.actor}
          onChange={({ target }) => set({ actor: target.value })}
        >
          <option value="">{t('console-audit.anyone')}</option>
          {actors.map(({ id, name, type }) => (
            <option key={id} value={id}>
              {name ?? t.find(`console-audit.${type}`) ?? id}
            </option>
          ))}
        </Select>
        <Select
          boxed
          aria-label={t('console-audit.what')}
          value={chosen.what}
          onChange={({ target }) => set({ what: whats.find((each) => each === target.value) ?? '' })}
        >
          <option value="">{t('console-audit.anything')}</option>
          {whats.map((each) => (
            <option key={each} value={each}>
              {t(`console-audit.what_${each}`)}
            </option>
          ))}
        </Select>
        <OutcomeSelect chosen={chosen} onChange={onChange} />
        <Select
          boxed
          aria-label={t('console-audit.when')}
          value={chosen.when}
          onChange={({ target }) => set({ when: whens.find((each) => each === target.value) ?? 'any_time' })}
        >
          {whens.map((each) => (
            <option key={each} value={each}>
              {t(`console-audit.${each}`)}
            </option>
          ))}
        </Select>
        <Find text={chosen.text} onFind={(text) => set({ text })} />
      </search>
    </RailRow>
  )
}

const outcomes = ['success', 'failure', 'denied'] as const

function OutcomeSelect({ chosen, onChange }: Omit<FilterBarProps, 'of'>) {
  const t = useAuditT()
  return (
    <Select
      boxed
      aria-label={t('console-audit.outcome')}
      value={chosen.outcome}
      onChange={({ target }) => onChange({ ...chosen, outcome: outcomes.find((each) => each === target.value) ?? '' })}
    >
      <option value="">{t('console-audit.any_outcome')}</option>
      {outcomes.map((each) => (
        <option key={each} value={each}>
          {t(`console-audit.outcome_${each}`)}
        </option>
      ))}
    </Select>
  )
}

/** Looks when the reader has stopped typing for a moment. */
function Find({ text, onFind }: { text: string; onFind(text: string): void }) {
  const t = useAuditT()
  const [typed, setTyped] = useState(text)
  const asked = useRef(text)
  // What was asked for comes back when the reader may have gone on typing; only another text replaces theirs.
  useEffect(() => {
    if (text !== asked.current) setTyped(text)
    asked.current = text
  }, [text])
  useEffect(() => {
    if (typed === text) return undefined
    const timer = setTimeout(() => {
      asked.current = typed
      onFind(typed)
    }, pauseMs)
    return () => clearTimeout(timer)
  })
  return (
    <input
      className={controls.field}
      type="search"
      maxLength={200}
      aria-label={t('console-audit.find')}
      placeholder={t('console-audit.find_hint')}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
    />
  )
}
