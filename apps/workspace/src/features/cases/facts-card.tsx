import type { Case, CaseField, Fact } from '@clew/contract/cases'
import type { Locale } from '@clew/contract/primitives'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import pane from '../../app/ui/pane.module.css'
import text from '../../app/ui/text.module.css'
import { FactValue } from './fact-value.tsx'
import styles from './facts-card.module.css'
import { caseFields, type FactRow, factRows } from './facts-model.ts'
import { useReasons } from './reasons.ts'

/** How complete the case is: a heading, a ring that fills and ten ticks. */
export function FactsHead({ known }: { known: Case | undefined }) {
  const t = useT()
  return (
    <div className={pane.head}>
      <h2>{t('workspace.facts')}</h2>
      {known !== undefined && (
        <>
          <Score score={known.score} />
          <span className={styles.ticks} aria-hidden="true">
            {factRows(known).map(({ field, state }) => (
              <i key={field} data-is={state} />
            ))}
          </span>
        </>
      )}
    </div>
  )
}

function Score({ score }: { score: number }) {
  const t = useT()
  const percent = t.format.number(score / 100, { style: 'percent' })
  return (
    <span className={styles.score}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" />
        <circle cx="10" cy="10" r="8" pathLength="100" strokeDasharray={`${score} 100`} />
      </svg>
      <span aria-hidden="true">{percent}</span>
      <span className={text.hidden}>{t('workspace.facts_score', { percent })}</span>
    </span>
  )
}

type FactsCardProps = { known: Case; locale: Locale; onAsk(field: CaseField): void }

/** Ten rows: what is known and who said it, what is missing and why it helps, what does not matter here. */
export function FactsCard({ known, locale, onAsk }: FactsCardProps) {
  return (
    <dl>
      {factRows(known).map((row) => (
        <FactLine key={row.field} row={row} locale={locale} onAsk={onAsk} />
      ))}
    </dl>
  )
}

function FactLine({ row, locale, onAsk }: { row: FactRow; locale: Locale; onAsk: FactsCardProps['onAsk'] }) {
  const t = useT()
  switch (row.state) {
    case 'not_needed':
      return (
        <div className={styles.fact} data-is="not_needed">
          <dt>{t(`workspace.field_${row.field}`)}</dt>
          <dd>{t('workspace.fact_not_needed')}</dd>
        </div>
      )
    case 'gap':
      return <Gap row={row} onAsk={onAsk} />
    default:
      return <KnownFact row={row} locale={locale} />
  }
}

function Gap({ row, onAsk }: { row: Extract<FactRow, { state: 'gap' }>; onAsk: FactsCardProps['onAsk'] }) {
  const t = useT()
  const reasonOf = useReasons()
  const name = t(`workspace.field_${row.field}`)
  return (
    <div className={styles.fact} data-is="gap" data-importance={row.importance}>
      <dt>
        {t(`workspace.fact_${row.importance}`, { field: name })}
        {row.gain !== undefined && <span className={styles.most}>{t('workspace.fact_most', { gain: row.gain })}</span>}
      </dt>
      <dd className={styles.why}>
        {reasonOf(row.reason)}{' '}
        <button
          type="button"
          className={controls.link}
          onClick={() => onAsk(row.field)}
          aria-label={t('workspace.ask_for_it_named', { field: name })}
        >
          {t('workspace.ask_for_it')}
        </button>
      </dd>
    </div>
  )
}

function KnownFact({ row, locale }: { row: Extract<FactRow, { fact: Fact }>; locale: Locale }) {
  const t = useT()
  const { fact, earlier, unsure } = row
  return (
    <div className={styles.fact} data-is={row.state}>
      <dt>
        {t(`workspace.field_${row.field}`)}
        {unsure !== undefined && (
          <span className={styles.unsure}>
            {t('workspace.fact_unsure', { percent: t.format.number(unsure, { style: 'percent' }) })}
          </span>
        )}
      </dt>
      <dd lang={locale}>
        <FactValue fact={fact} />
      </dd>
      <dd className={styles.source} title={fullMoment(t, fact.at)}>
        {t(`workspace.source_${fact.source}`)}
      </dd>
      {earlier.length > 0 && (
        <dd className={styles.earlier}>
          {t('workspace.fact_earlier')}
          <ul>
            {earlier.map((before) => (
              <li key={before.at}>
                <del lang={locale}>
                  <FactValue fact={before} />
                </del>{' '}
                <time dateTime={before.at}>{fullMoment(t, before.at)}</time>
              </li>
            ))}
          </ul>
        </dd>
      )}
    </div>
  )
}

export function FactsLoading() {
  const t = useT()
  return (
    <dl aria-busy="true">
      {caseFields.map((field, index) => (
        <div key={field} className={styles.fact}>
          <dt>{t(`workspace.field_${field}`)}</dt>
          <dd>
            <Bones widths={[40 + ((index * 17) % 50)]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
