import type { UsageMeter } from '@clew/contract/usage'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import { removeThreshold, setThreshold, thresholdsQuery } from './api.ts'
import { nameOf, quantityOf } from './meter-words.ts'
import styles from './usage.module.css'
import { useUsageT } from './words.ts'

/** When those who look after usage get a letter. */
export function Thresholds({ meters, mayChange }: { meters: readonly UsageMeter[]; mayChange: boolean }) {
  const t = useUsageT()
  const shell = useT()
  const queries = useQueryClient()
  const { data, error } = useQuery(thresholdsQuery)
  const changed = () => queries.invalidateQueries({ queryKey: ['usage'] })
  const add = useMutation({ mutationFn: setThreshold, onSuccess: changed })
  const remove = useMutation({
    mutationFn: (gone: { id: string; meter: string; period: 'day' | 'month'; quantity: number }) =>
      removeThreshold(gone.id),
    onSuccess: async (_done, { meter, period, quantity }) => {
      showToast({
        text: t('usage.threshold_removed'),
        action: { label: t('usage.undo'), run: () => add.mutate({ meter, period, quantity }) },
      })
      await changed()
    },
    onError: (cause) => showToast({ tone: 'problem', text: errorText(shell, cause) }),
  })
  const meterOf = (name: string) => meters.find(({ meter }) => meter === name) ?? { meter: name }
  return (
    <RailRow as="section" className={sheet.part} margin={t('usage.letters')} aria-label={t('usage.thresholds')}>
      <h2>{t('usage.thresholds')}</h2>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      {data?.thresholds.length === 0 && <p className={controls.hint}>{t('usage.no_thresholds')}</p>}
      <ul className={styles.thresholds}>
        {data?.thresholds.map(({ id, meter, period, quantity, reached }) => (
          <li key={id}>
            <Status {...(reached >= quantity ? above : below)}>
              {t(`usage.above_${period}`, {
                meter: nameOf(t, meterOf(meter)),
                limit: quantityOf(t, meterOf(meter), quantity),
                reached: quantityOf(t, meterOf(meter), reached),
              })}
            </Status>
            {mayChange && (
              <button
                type="button"
                className={controls.link}
                onClick={() => remove.mutate({ id, meter, period, quantity })}
              >
                {t('usage.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <ThresholdForm meters={meters} isBusy={add.isPending} error={add.error} onAdd={add.mutate} />}
    </RailRow>
  )
}

const above = { shape: 'partial', tone: 'partial' } as const
const below = { shape: 'ok', tone: 'ok' } as const

type ThresholdFormProps = {
  meters: readonly UsageMeter[]
  isBusy: boolean
  error: Error | null
  onAdd(input: { meter: string; period: 'day' | 'month'; quantity: number }): void
}

function ThresholdForm({ meters, isBusy, error, onAdd }: ThresholdFormProps) {
  const t = useUsageT()
  const shell = useT()
  const [meter, setMeter] = useState(meters[0]?.meter ?? '')
  const [period, setPeriod] = useState<'day' | 'month'>('day')
  const [quantity, setQuantity] = useState('')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onAdd({ meter, period, quantity: Number(quantity) })
    setQuantity('')
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <label>
        <span className={controls.label}>{t('usage.meter')}</span>
        <Select boxed value={meter} onChange={(event) => setMeter(event.target.value)}>
          {meters.map((each) => (
            <option key={each.meter} value={each.meter}>
              {nameOf(t, each)}
            </option>
          ))}
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('usage.quantity')}</span>
        <input
          className={controls.field}
          type="number"
          min="0"
          step="any"
          required
          value={quantity}
          onChange={(event) => setQuantity(event.target.value)}
        />
      </label>
      <label>
        <span className={controls.label}>{t('usage.in_a')}</span>
        <Select boxed value={period} onChange={(event) => setPeriod(event.target.value as 'day' | 'month')}>
          <option value="day">{t('usage.period_day')}</option>
          <option value="month">{t('usage.period_month')}</option>
        </Select>
      </label>
      <button type="submit" className={cx(controls.main, controls.large)} disabled={isBusy}>
        {t('usage.tell_me')}
      </button>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
    </form>
  )
}
