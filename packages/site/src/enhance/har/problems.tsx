import type { HarProblem, HarValidation } from '@clew/har'
import { Knot, Strip } from '../../rail.tsx'
import { usePage } from './page.ts'

const shownProblems = 12

/** Where the file departs from the standard: folded where it does no harm. */
export function Problems({ validation }: { validation: HarValidation }) {
  const { t } = usePage()
  const { error, warning } = validation.counts
  const told = validation.problems.filter(({ severity }) => severity !== 'note')
  if (told.length === 0) return null
  return (
    <Strip
      class="stage problems"
      live
      knot={<Knot shape="degraded" tone="degraded" />}
      rail={t('har-page.format_rail')}
    >
      <details>
        <summary>{t('har-page.format_title', { errors: error, warnings: warning })}</summary>
        <p class="muted">{t('har-page.format_text')}</p>
        <ProblemItems problems={told.slice(0, shownProblems)} />
        {told.length > shownProblems && (
          <p class="echo">{t('har-page.and_more', { count: told.length - shownProblems })}</p>
        )}
      </details>
    </Strip>
  )
}

/** What is wrong in each place and, unless it has been said already, what to do. */
export function ProblemItems({
  problems,
  isFixSaid = false,
}: {
  problems: readonly HarProblem[]
  isFixSaid?: boolean
}) {
  const { t } = usePage()
  return (
    <ul class="problemlist">
      {problems.map(({ code, path, what, fix }) => (
        <li key={`${code} ${path}`}>
          {what[t.locale]} {!isFixSaid && <span class="muted">{fix[t.locale]}</span>}
        </li>
      ))}
    </ul>
  )
}
