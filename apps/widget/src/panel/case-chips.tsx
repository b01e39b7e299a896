import type { Case, CaseField } from '@clew/contract/cases'
import { usePanel } from './context.ts'
import { Shape } from './icons.tsx'

/** What helps, filling while one talks. A missing item says why it helps when it is touched. */
export function CaseChips({ known }: { known: Case }) {
  const { t, actions, state } = usePanel()
  const given = new Set(known.facts.map(({ field }) => field))
  const missing = known.missing.filter(({ field }) => !given.has(field))
  if (given.size + missing.length === 0) return null
  const isEnough = !missing.some(({ importance }) => importance === 'needed')
  const chip = (field: CaseField, name: string) => (
    <li key={field}>
      <button
        type="button"
        class={given.has(field) ? 'in' : ''}
        aria-expanded={state.asking === field}
        onClick={() => (state.asking === field ? actions.stopAsking() : actions.ask(field))}
      >
        <Shape name={given.has(field) ? 'dot' : 'ring'} />
        {/* Said in full to a screen reader, in short to the eye. */}
        <span class="hidden">{name}</span>
        <span aria-hidden="true">{t(`widget.field_${field}`)}</span>
      </button>
    </li>
  )
  return (
    <div class="case">
      <p>
        <b>{isEnough ? t('widget.case_enough') : t('widget.case_helps')}</b>
        <span>{t('widget.case_count', { given: known.given, wanted: known.wanted })}</span>
      </p>
      <ul>
        {known.facts.map(({ field }) => chip(field, t('widget.chip_given', { field: t(`widget.field_${field}`) })))}
        {missing.map(({ field, importance }) =>
          chip(field, t(`widget.chip_${importance}`, { field: t(`widget.field_${field}`) })),
        )}
      </ul>
    </div>
  )
}
