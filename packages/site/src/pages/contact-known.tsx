import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ContactView } from '../views.contact.ts'

/** What came along with the link, so that it is not asked again. */
export function Known({ view, site }: { view: ContactView; site: Site }) {
  const { t, paths, locale } = site
  const { article, searchedFor } = view
  if (article === undefined && searchedFor === undefined) return null
  return (
    <Strip class="case" live rail={t('site.contact_from_visit')} knot={<Knot shape="dot" tone="pine" />}>
      <div class="field">
        <p class="label">{t('site.contact_known')}</p>
        <dl class="known">
          {article && (
            <>
              <dt>{t('site.known_article')}</dt>
              <dd>
                <a href={paths.article(locale, article.slug)}>{article.title}</a>
                <input type="hidden" name="article" value={article.slug} />
              </dd>
            </>
          )}
          {article && article.tried.length > 0 && (
            <>
              <dt>{t('site.known_tried')}</dt>
              <dd>
                <ul>
                  {article.tried.map((step) => (
                    <li key={step.id}>{step.title}</li>
                  ))}
                </ul>
                <input type="hidden" name="tried" value={article.tried.map(({ id }) => id).join(',')} />
              </dd>
            </>
          )}
          {searchedFor && (
            <>
              <dt>{t('site.known_search')}</dt>
              <dd>
                {searchedFor}
                <input type="hidden" name="q" value={searchedFor} />
              </dd>
            </>
          )}
        </dl>
      </div>
    </Strip>
  )
}
