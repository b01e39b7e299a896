import { longDay } from '../dates.ts'
import type { Site } from '../site.ts'
import { localeNames } from '../site.ts'
import type { ArticleView } from '../views.ts'

/** On wide screens, right of the text: where one is, what to read next, and in which languages. */
export function ArticleMargin({ view, site }: { view: ArticleView; site: Site }) {
  const { t, paths, locale } = site
  const entries = tableOfContents(view, site)
  return (
    <aside class="margin" aria-label={t('site.about_this_page')}>
      <div class="stick">
        {entries.length > 1 && (
          <nav aria-labelledby="toc" data-toc>
            <h2 id="toc">{t('site.on_this_page')}</h2>
            <ul>
              {entries.map(({ id, title, level }) => (
                <li key={id} class={level === 3 ? 'deeper' : undefined}>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {view.readNext && view.readNext.length > 0 && (
          <nav class="box" aria-labelledby="next">
            <h2 id="next">{t('site.read_next')}</h2>
            <ul>
              {view.readNext.map(({ slug, title }) => (
                <li key={slug}>
                  <a href={paths.article(locale, slug)}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="box">
          <h2>{t('site.kept')}</h2>
          <p class="muted">{t('site.updated_on', { day: longDay(site, view.updatedOn) })}</p>
          <OtherLanguages view={view} site={site} />
        </div>
      </div>
    </aside>
  )
}

function OtherLanguages({ view, site }: { view: ArticleView; site: Site }) {
  const others = Object.entries(view.translations ?? {}).filter(([locale]) => locale !== site.locale)
  if (others.length === 0) return null
  return (
    <p class="muted">
      {site.t('site.also_in')}{' '}
      {others.map(([locale, path]) => (
        <a key={locale} href={path} lang={locale} hreflang={locale}>
          {localeNames[locale as keyof typeof localeNames]}
        </a>
      ))}
    </p>
  )
}

interface Entry {
  id: string
  title: string
  level: 2 | 3
}

function tableOfContents(view: ArticleView, { t }: Site): Entry[] {
  const count = view.steps?.length ?? 0
  const steps: Entry[] =
    count > 0 ? [{ id: 'steps', title: view.stepsTitle ?? t('site.steps_title', { count }), level: 2 }] : []
  const end: Entry[] = view.feedback ? [{ id: 'feedback', title: t('site.feedback_title'), level: 2 }] : []
  return [...steps, ...view.toc, ...end]
}
