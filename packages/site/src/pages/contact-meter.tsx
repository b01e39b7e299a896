import { slot } from '@clew/i18n'
import { fieldsOf } from '../contact-progress.ts'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ContactView } from '../views.contact.ts'

/** The thread laid flat: how much of what matters is there, and what would add the most. */
export function Meter({ view, site }: { view: ContactView; site: Site }) {
  const { t } = site
  const { score = 0, next } = view.progress ?? {}
  return (
    <Strip
      class="case score"
      live
      rail={<span data-score-rail>{t('site.contact_percent', { score })}</span>}
      knot={<Knot shape="dot" tone="pine" />}
    >
      <div class="field">
        <label for="score">{t('site.contact_score')}</label>
        <meter id="score" min={0} max={100} value={score} data-score>
          {t('site.contact_percent', { score })}
        </meter>
        <p class="why" data-next hidden={next === undefined}>
          <Sentence
            text={t('site.contact_next', { field: slot('field') })}
            parts={{
              field: (
                <a href={`#${next === undefined ? 'problem' : fieldsOf[next][0]}`} data-next-link>
                  {next === undefined ? '' : t(`site.contact_category_${next}`)}
                </a>
              ),
            }}
          />
        </p>
        <p class="why" data-full hidden={next !== undefined}>
          {t('site.contact_full')}
        </p>
      </div>
    </Strip>
  )
}
