import type { UsageMeter } from '@clew/contract/usage'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import text from '../../app/ui/text.module.css'
import { nameMeter, type Range } from './api.ts'
import { DayBars } from './day-bars.tsx'
import { type Bar, barsOf } from './days-model.ts'
import { nameOf, quantityOf, unitOf } from './meter-words.ts'
import styles from './usage.module.css'
import { useUsageT } from './words.ts'

type MeterRowProps = { meter: UsageMeter; range: Range; mayName: boolean }

/** One meter: the figure in the margin, its days as bars, and the same as a table for whoever reads rather than looks. */
export function MeterRow({ meter, range, mayName }: MeterRowProps) {
  const t = useUsageT()
  const [isTable, setTable] = useState(false)
  const bars = barsOf(meter, range)
  const name = nameOf(t, meter)
  const told = (bar: Bar) => `${dayWords(t, bar.day)}: ${quantityOf(t, meter, bar.quantity)}`
  const most = bars.reduce(
    (top, bar) => (bar.quantity > top.quantity ? bar : top),
    bars[0] ?? { day: range.to, quantity: 0, isWeekend: false },
  )
  return (
    <RailRow
      as="section"
      className={styles.meter}
      aria-label={name}
      margin={
        <>
          <b>{quantityOf(t, meter, meter.total)}</b>
          {unitOf(t, meter)}
        </>
      }
    >
      <p className={styles.about}>
        <b>{name}</b>
        <span className={text.muted}>
          {most.quantity === 0
            ? t('usage.nothing_yet')
            : t('usage.most_on', { day: dayWords(t, most.day), quantity: quantityOf(t, meter, most.quantity) })}
          {meter.dayThreshold !== undefined &&
            ` ${t('usage.told_above', { quantity: quantityOf(t, meter, meter.dayThreshold) })}`}
        </span>
        <button type="button" className={cx(controls.link, text.push)} onClick={() => setTable(!isTable)}>
          {isTable ? t('usage.as_picture') : t('usage.as_table')}
        </button>
      </p>
      {isTable ? (
        <DayTable meter={meter} bars={bars} />
      ) : (
        <>
          <DayBars
            bars={bars}
            threshold={meter.dayThreshold}
            titleOf={told}
            label={t('usage.picture_of', { name, days: bars.length, most: told(most) })}
          />
          <p className={styles.ends}>
            <span>{dayWords(t, range.from)}</span>
            <span>{t('usage.today')}</span>
          </p>
        </>
      )}
      {mayName && !meter.meter.startsWith('clew.') && <NameForm meter={meter} />}
    </RailRow>
  )
}

const dayWords = (t: ReturnType<typeof useUsageT>, day: string): string =>
  t.format.date(`${day}T12:00:00Z`, { day: 'numeric', month: 'short', timeZone: 'UTC' })

function DayTable({ meter, bars }: { meter: UsageMeter; bars: readonly Bar[] }) {
  const t = useUsageT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={styles.table} tabIndex={0}>
      <table>
        <caption className={text.hidden}>{nameOf(t, meter)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('usage.day')}</th>
            <th scope="col">{t('usage.quantity')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.toReversed().map((bar) => (
            <tr key={bar.day}>
              <th scope="row">{t.format.date(`${bar.day}T12:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' })}</th>
              <td>{quantityOf(t, meter, bar.quantity)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What the operator's product calls `tokens.input` has a name that people know. */
function NameForm({ meter }: { meter: UsageMeter }) {
  const t = useUsageT()
  const shell = useT()
  const queries = useQueryClient()
  const [name, setName] = useState(meter.name ?? '')
  const [unit, setUnit] = useState(meter.unit ?? '')
  const save = useMutation({
    mutationFn: () => nameMeter(meter.meter, { name: name.trim() || null, unit: unit.trim() || null }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['usage', 'days'] }),
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <details className={styles.naming}>
      <summary>{t('usage.name_it')}</summary>
      <form className={styles.form} onSubmit={onSubmit}>
        <label>
          <span className={controls.label}>{t('usage.name')}</span>
          <input
            className={controls.field}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          <span className={controls.label}>{t('usage.unit')}</span>
          <input
            className={controls.field}
            maxLength={20}
            value={unit}
            onChange={(event) => setUnit(event.target.value)}
          />
        </label>
        <button type="submit" className={cx(controls.button, controls.large)} disabled={save.isPending}>
          {t('usage.save')}
        </button>
      </form>
      <p role="status" className={controls.hint}>
        {save.error !== null ? errorText(shell, save.error) : save.isSuccess ? t('usage.saved') : ''}
      </p>
    </details>
  )
}
