import type { ResolutionReport, ResolutionRow } from '@clew/contract/assistant-learning'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import text from '../../app/ui/text.module.css'
import { learningApi, resolutionQuery } from './api.ts'
import styles from './assistant.module.css'
import { Waiting } from './assistant-frame.tsx'
import { Failed } from './failed.tsx'
import { sumOf, TierChart, tierOrder } from './tier-chart.tsx'
import { type LearningT, useLearningT } from './words.ts'

const spans = [4, 8, 26] as const

/** How questions ended. What was said and what is only assumed are told apart. */
export function ResolutionScreen() {
  const t = useLearningT()
  const [weeks, setWeeks] = useState<number>(8)
  const { data, error, refetch } = useQuery(resolutionQuery(weeks))
  return (
    <>
      <RailRow as="header" className={sheet.head}>
        <h1>{t('learning.resolution')}</h1>
        <p className={text.effect}>{data === undefined ? t('learning.loading') : effectOf(t, data)}</p>
        <p className={styles.filters}>
          <Select
            aria-label={t('learning.weeks')}
            value={weeks}
            onChange={({ target }) => setWeeks(Number(target.value))}
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {t('learning.weeks_of', { weeks: span })}
              </option>
            ))}
          </Select>
          {data?.mayExport === true && (
            <a className={controls.button} href={learningApi.resolutionUrl(weeks)} download>
              {t('learning.csv')}
            </a>
          )}
          {data?.mayExport === false && <span className={text.muted}>{t('learning.owners_only')}</span>}
        </p>
      </RailRow>
      {error !== null && <Failed error={error} onAgain={() => void refetch()} />}
      {data === undefined && error === null && <Waiting />}
      {data !== undefined && sumOf({ tiers: data.total }) > 0 && <Tables report={data} />}
    </>
  )
}

function effectOf(t: LearningT, report: ResolutionReport): string {
  const { total, weeks, returned } = report
  const ended = sumOf({ tiers: total }) - total.open
  if (sumOf({ tiers: total }) === 0) return t('learning.resolution_none')
  const share = ended === 0 ? 0 : (total.confirmed + total.assumed) / ended
  const said = t('learning.resolution_effect', {
    share: t.format.number(share, { style: 'percent' }),
    count: ended,
    weeks,
    confirmed: total.confirmed,
    assumed: total.assumed,
  })
  return `${said} ${t('learning.resolution_returned', { count: returned })}`
}

function Tables({ report }: { report: ResolutionReport }) {
  const t = useLearningT()
  const weekName = ({ key }: ResolutionRow) =>
    t('learning.week_of', { date: t.format.date(`${key}T12:00:00Z`, { day: 'numeric', month: 'short' }) })
  const languageName = ({ key }: ResolutionRow) => t(`learning.language_${key === 'el' ? 'el' : 'en'}`)
  const title = ({ label }: ResolutionRow) => label
  return (
    <>
      <RailRow as="section" className={sheet.part}>
        <h2>{t('learning.by_week')}</h2>
        <TierChart weeks={report.byWeek} label={t('learning.chart')} />
        <Tiers rows={report.byWeek} name={weekName} caption={t('learning.by_week')} />
        <Legend />
      </RailRow>
      {report.byArticle.length > 0 && (
        <RailRow as="section" className={sheet.part}>
          <h2>{t('learning.by_article')}</h2>
          <Tiers rows={report.byArticle} name={title} caption={t('learning.by_article')} />
        </RailRow>
      )}
      {report.byFlow.length > 0 && (
        <RailRow as="section" className={sheet.part}>
          <h2>{t('learning.by_flow')}</h2>
          <Tiers rows={report.byFlow} name={title} caption={t('learning.by_flow')} />
        </RailRow>
      )}
      <RailRow as="section" className={sheet.part}>
        <h2>{t('learning.by_language')}</h2>
        <Tiers rows={report.byLanguage} name={languageName} caption={t('learning.by_language')} />
      </RailRow>
    </>
  )
}

type TiersProps = { rows: readonly ResolutionRow[]; caption: string; name(row: ResolutionRow): string }

function Tiers({ rows, caption, name }: TiersProps) {
  const t = useLearningT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption}>
      <table className={styles.tiers}>
        <thead>
          <tr>
            <td />
            {tierOrder.map((tier) => (
              <th key={tier} scope="col">
                <Swatch tier={tier} /> {t(`learning.tier_${tier}`)}
              </th>
            ))}
            <th scope="col">{t('learning.all')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{name(row)}</th>
              {tierOrder.map((tier) => (
                <td key={tier} data-zero={row.tiers[tier] === 0 || undefined}>
                  {t.format.number(row.tiers[tier])}
                </td>
              ))}
              <td>{t.format.number(sumOf(row))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Swatch = ({ tier }: { tier: (typeof tierOrder)[number] }) => (
  <svg className={styles.swatch} viewBox="0 0 10 10" aria-hidden="true">
    <rect width="10" height="10" data-tier={tier} className={styles.stack} />
  </svg>
)

function Legend() {
  const t = useLearningT()
  return (
    <dl className={styles.legend} aria-label={t('learning.tiers')}>
      {tierOrder.map((tier) => (
        <div key={tier}>
          <dt>
            <Swatch tier={tier} /> {t(`learning.tier_${tier}`)}
          </dt>
          <dd>{t(`learning.tier_hint_${tier}`)}</dd>
        </div>
      ))}
    </dl>
  )
}
