import type { Locale } from '@clew/i18n'
import { Html } from '../prose.tsx'
import { Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ArticleStep, ArticleView } from '../views.ts'

interface Props {
  view: ArticleView
  steps: readonly ArticleStep[]
  site: Site
}

/** The steps on the rail. The script turns the thread to pine as far as the reader has ticked. */
export function ArticleSteps({ view, steps, site }: Props) {
  const title = view.stepsTitle ?? site.t('site.steps_title', { count: steps.length })
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" class="visually-hidden">
        {title}
      </h2>
      <ol class="steps" data-steps={view.flowId ?? view.slug}>
        {steps.map((step, index) => (
          <Step key={step.id} step={step} number={index + 1} site={site} lang={view.fallbackFrom} />
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  step: ArticleStep
  number: number
  site: Site
  lang: Locale | undefined
}

function Step({ step, number, site, lang }: StepProps) {
  const { t } = site
  const rail = step.minutes !== undefined && t('site.step_minutes', { minutes: step.minutes })
  const knot = (
    <span class="knot nr" aria-hidden="true">
      {number}
    </span>
  )
  return (
    <Strip as="li" class={number === 1 ? 'step here' : 'step'} live={number === 1} rail={rail} knot={knot}>
      <div class="read" id={step.id} lang={lang}>
        <h3 class="h2">{step.title}</h3>
        <Html html={step.html} tableName={site.t('site.table')} />
      </div>
      {/* Of use only with a script, which keeps what was tried and hands it on; shown by it. */}
      <label class="tried" hidden>
        <input type="checkbox" data-step={step.id} /> {t('site.tried')}
        <span class="visually-hidden">: {step.title}</span>
      </label>
    </Strip>
  )
}
