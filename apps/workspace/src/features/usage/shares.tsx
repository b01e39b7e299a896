import type { UsageMeter, UsageShares, UsageSplit } from '@clew/contract/usage'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { type Range, sharesQuery } from './api.ts'
import { nameOf, quantityOf } from './meter-words.ts'
import styles from './usage.module.css'
import { useUsageT } from './words.ts'

const splits: readonly UsageSplit[] = ['member', 'group', 'feature', 'model']

/** Who uses what: one meter, split by one thing, the most first. */
export function Shares({ meters, range }: { meters: readonly UsageMeter[]; range: Range }) {
  const t = useUsageT()
  const shell = useT()
  const [chosen, choose] = useState(
    () => meters.find(({ meter }) => !meter.startsWith('clew.'))?.meter ?? 'clew.people',
  )
  const [by, setBy] = useState<UsageSplit>('member')
  const meter = meters.find((each) => each.meter === chosen) ?? meters[0]
  const { data, error } = useQuery({
    ...sharesQuery(range, { meter: meter?.meter ?? '', by }),
    enabled: meter !== undefined,
  })
  if (meter === undefined) return null
  return (
    <RailRow as="section" className={sheet.part} margin={t(`usage.by_${by}`)} aria-label={t('usage.who')}>
      <h2>{t('usage.who')}</h2>
      <div className={styles.tools}>
        <label>
          <span className={text.hidden}>{t('usage.meter')}</span>
          <Select boxed value={meter.meter} onChange={(event) => choose(event.target.value)}>
            {meters.map((each) => (
              <option key={each.meter} value={each.meter}>
                {nameOf(t, each)}
              </option>
            ))}
          </Select>
        </label>
        <label>
          <span className={text.hidden}>{t('usage.split')}</span>
          <Select boxed value={by} onChange={(event) => setBy(event.target.value as UsageSplit)}>
            {splits.map((each) => (
              <option key={each} value={each}>
                {t(`usage.by_${each}`)}
              </option>
            ))}
          </Select>
        </label>
      </div>
      {error !== null && <p role="alert">{errorText(shell, error)}</p>}
      {data === undefined && error === null && <Bones widths={[50, 40]} />}
      {data?.shares.length === 0 && <p className={controls.hint}>{t('usage.no_shares')}</p>}
      {data !== undefined && data.shares.length > 0 && <ShareTable meter={meter} shares={data.shares} />}
    </RailRow>
  )
}

function ShareTable({ meter, shares }: { meter: UsageMeter; shares: UsageShares['shares'] }) {
  const t = useUsageT()
  const most = Math.max(0, ...shares.map(({ quantity }) => quantity))
  return (
    <table className={styles.shares}>
      <caption className={text.hidden}>{t('usage.who')}</caption>
      <tbody>
        {shares.map(({ key, name, quantity }) => (
          <tr key={key}>
            <th scope="row">{name ?? key}</th>
            <td aria-hidden="true">
              <svg className={styles.share} preserveAspectRatio="none">
                <rect width={most <= 0 ? 0 : `${(Math.max(0, quantity) / most) * 100}%`} height="100%" />
              </svg>
            </td>
            <td>{quantityOf(t, meter, quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
