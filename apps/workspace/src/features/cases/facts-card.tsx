import type { Case, CaseField } from '@clew/contract/cases'
import type { Locale } from '@clew/contract/primitives'
import { useT } from '../../app/i18n.tsx'
import { fullMoment } from '../../app/times.ts'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import pane from '../../app/ui/pane.module.css'
import { FactValue } from './fact-value.tsx'
import styles from './facts-card.module.css'
import { caseFields, type FactRow, factRows } from './facts-model.ts'

/** How complete the case is: a heading, a count and ten ticks. */
export function FactsHead({ known }: { known: Case | undefined }) {
  const t = useT()
  return (
    <div className={pane.head}>
      <h2>{t('workspace.facts')}</h2>
      {known !== undefined && (
        <>
          <span className={styles.count}>
            {t('workspace.facts_count', { given: known.given, wanted: known.wanted })}
          </span>
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
  const name = t(`workspace.field_${row.field}`)
  switch (row.state) {
    case 'not_needed':
      return (
        <div className={styles.fact} data-is="not_needed">
          <dt>{name}</dt>
          <dd>{t('workspace.fact_not_needed')}</dd>
        </div>
      )
    case 'gap':
      return (
        <div className={styles.fact} data-is="gap" data-importance={row.importance}>
          <dt>{t(`workspace.fact_${row.importance}`, { field: name })}</dt>
          <dd className={styles.why}>
            {t(`workspace.why_${row.field}`)}{' '}
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
    default:
      return (
        <div className={styles.fact} data-is={row.state}>
          <dt>{name}</dt>
          <dd lang={locale}>
            <FactValue fact={row.fact} />
          </dd>
          <dd className={styles.source} title={fullMoment(t, row.fact.at)}>
            {t(`workspace.source_${row.fact.source}`)}
          </dd>
        </div>
      )
  }
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
