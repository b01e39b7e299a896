import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { now } from '../../app/clock.ts'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import { timeOfDay } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { groupsQuery, type Range, tableUrl, usageQuery } from './api.ts'
import { lastDays } from './days-model.ts'
import { MeterRow } from './meter-row.tsx'
import { Shares } from './shares.tsx'
import { Thresholds } from './thresholds.tsx'
import styles from './usage.module.css'
import { UsageWords, useUsageT } from './words.ts'

/** What an organisation uses, day by day, by whom, and when somebody is to be told. */
export function Screen() {
  return (
    <main className={sheet.sheet} id="main">
      <UsageWords waiting={<Bones widths={[40, 60]} />}>
        <Usage />
      </UsageWords>
    </main>
  )
}

const spans = [30, 91, 365] as const

function Usage() {
  const t = useUsageT()
  const shell = useT()
  const { permissions } = useSession()
  const [span, setSpan] = useState<number>(91)
  const [group, setGroup] = useState('')
  const range: Range = { ...lastDays(span, now()), ...(group === '' ? {} : { group }) }
  const { data, error, refetch } = useQuery(usageQuery(range))
  return (
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow as="header" className={sheet.head} margin={t('usage.days', { count: span })}>
        <h1>{t('usage.title')}</h1>
        <p className={text.effect}>{data === undefined ? t('usage.loading') : <Effect {...data.seats} />}</p>
        <Tools span={span} group={group} range={range} onSpan={setSpan} onGroup={setGroup} />
        {data?.countedAt !== undefined && (
          <p className={controls.hint}>{t('usage.counted_at', { time: timeOfDay(shell, data.countedAt) })}</p>
        )}
      </RailRow>
      <Standing error={error} count={data?.meters.length} onTryAgain={() => void refetch()} />
      {data?.meters.map((meter) => (
        <MeterRow key={meter.meter} meter={meter} range={range} mayName={permissions.includes('usage.manage')} />
      ))}
      {data !== undefined && data.meters.length > 0 && (
        <>
          <Shares meters={data.meters} range={range} />
          <Thresholds meters={data.meters} mayChange={permissions.includes('usage.manage')} />
        </>
      )}
    </div>
  )
}

function Effect({ used, limit, active }: { used: number; limit?: number | undefined; active: number }) {
  const t = useUsageT()
  return (
    <>
      <b>{limit === undefined ? t('usage.effect_seats', { used }) : t('usage.effect_seats_of', { used, limit })}</b>{' '}
      {t('usage.effect_active', { active })}
    </>
  )
}

type ToolsProps = {
  span: number
  group: string
  range: Range
  onSpan(span: number): void
  onGroup(group: string): void
}

/** Of when, of whom, and all of it as a table to take away. */
function Tools({ span, group, range, onSpan, onGroup }: ToolsProps) {
  const t = useUsageT()
  const { data } = useQuery(groupsQuery)
  const groups = data?.groups ?? []
  return (
    <div className={styles.tools}>
      <label>
        <span className={text.hidden}>{t('usage.period')}</span>
        <Select boxed value={span} onChange={(event) => onSpan(Number(event.target.value))}>
          {spans.map((each) => (
            <option key={each} value={each}>
              {t('usage.last_days', { count: each })}
            </option>
          ))}
        </Select>
      </label>
      {groups.length > 0 && (
        <label>
          <span className={text.hidden}>{t('usage.group')}</span>
          <Select boxed value={group} onChange={(event) => onGroup(event.target.value)}>
            <option value="">{t('usage.all_groups')}</option>
            {groups.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </label>
      )}
      <a className={cx(controls.button, text.push)} href={tableUrl(range)} download>
        {t('usage.export')}
      </a>
    </div>
  )
}

type StandingProps = { error: Error | null; count: number | undefined; onTryAgain(): void }

/** What there is to say while there are no figures. */
function Standing({ error, count, onTryAgain }: StandingProps) {
  const t = useUsageT()
  const shell = useT()
  if (error !== null)
    return (
      <RailRow className={sheet.part}>
        <p role="alert">{errorText(shell, error)}</p>
        <button type="button" className={controls.button} onClick={onTryAgain}>
          {t('usage.try_again')}
        </button>
      </RailRow>
    )
  if (count === undefined)
    return (
      <RailRow className={sheet.part}>
        <Bones widths={[70, 55, 64]} />
      </RailRow>
    )
  if (count > 0) return null
  return (
    <RailRow className={sheet.part}>
      <p>{t('usage.none')}</p>
      <p className={controls.hint}>{t('usage.none_hint')}</p>
    </RailRow>
  )
}
