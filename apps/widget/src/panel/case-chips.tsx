import type { Case, CaseField } from '@clew/contract/cases'
import { type CaseT, useCaseWords } from './case-words.ts'
import { usePanel } from './context.ts'
import { Shape } from './icons.tsx'

/** What helps, filling while one talks. A missing item says why it helps when it is touched. */
export function CaseChips({ known }: { known: Case }) {
  const { t, actions, state } = usePanel()
  const words = useCaseWords()
  const { missing } = known
  // Of what is known in part, such as a network without its browser, the rest still helps.
  const wanted = new Set(missing.map(({ field }) => field))
  const given = new Set(known.facts.map(({ field }) => field).filter((field) => !wanted.has(field)))
  if (words === undefined || given.size + missing.length === 0) return null
  const isEnough = !missing.some(({ importance }) => importance === 'needed')
  const chip = (field: CaseField, name: string) => (
    <li key={field}>
      <button
        type="button"
        data-field={field}
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
        <b>{isEnough ? words('case.enough') : words('case.helps')}</b>
        <Score known={known} words={words} />
      </p>
      <ul>
        {[...given].map((field) => chip(field, words('case.chip_given', { field: t(`widget.field_${field}`) })))}
        {missing.map(({ field, importance }) =>
          chip(field, words(`case.chip_${importance}`, { field: t(`widget.field_${field}`) })),
        )}
      </ul>
      <Next known={known} words={words} />
    </div>
  )
}

type Parts = { known: Case; words: CaseT }

/** How complete it is: a number in the margin, and a bar that fills. */
function Score({ known: { score }, words }: Parts) {
  const percent = words.format.number(score / 100, { style: 'percent' })
  return (
    <>
      <span>
        <span class="hidden">{words('case.percent', { percent })}</span>
        <span aria-hidden="true">{percent}</span>
      </span>
      <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="4" />
        <rect width={score} height="4" />
      </svg>
    </>
  )
}

/** What would fill it most, and why. */
function Next({ known: { next }, words }: Parts) {
  const { actions } = usePanel()
  if (next === undefined) return null
  return (
    <p class="note">
      <button type="button" class="link" onClick={() => actions.ask(next.field)}>
        {words(`case.most_${next.field}`)}
      </button>{' '}
      {words.find(next.reason)}
    </p>
  )
}
