import { shortDay } from '../dates.ts'
import { inEveryLocale, renderPage } from '../document.tsx'
import { breadcrumbList } from '../json-ld.ts'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { SectionView } from '../views.ts'

/** The articles of one section, in the order that the section keeps them. */
export function renderSectionPage(view: SectionView, site: Site): string {
  const { t, paths, locale } = site
  const path = paths.section(locale, view.slug)
  return renderPage({
    site,
    here: 'help',
    head: {
      title: view.title,
      description: view.description ?? t('site.section_description', { section: view.title, brand: site.brand.name }),
      path,
      translations: view.translations ?? inEveryLocale((other) => paths.section(other, view.slug)),
      jsonLd: [
        breadcrumbList([
          { name: t('site.help_centre'), url: paths.absolute(paths.home(locale)) },
          { name: view.title, url: paths.absolute(path) },
        ]),
      ],
    },
    children: (
      <main id="main">
        <Strip class="arthead" live rail={t('site.article_count', { count: view.articles.length })}>
          <nav aria-label={t('site.you_are_here')}>
            <ol class="crumbs">
              <li>
                <a href={paths.home(locale)}>{t('site.help_centre')}</a>
              </li>
            </ol>
          </nav>
          <h1>{view.title}</h1>
          {view.description && <p class="lede">{view.description}</p>}
        </Strip>
        {view.articles.length === 0 ? (
          <Strip>
            <p class="muted">{t('site.section_empty')}</p>
          </Strip>
        ) : (
          <SectionList view={view} site={site} />
        )}
      </main>
    ),
  })
}

function SectionList({ view, site }: { view: SectionView; site: Site }) {
  const { t, paths, locale } = site
  return (
    <ol class="results">
      {view.articles.map((article) => (
        <Strip
          as="li"
          key={article.slug}
          class="found"
          rail={shortDay(site, article.updatedOn)}
          knot={article.state ? <Knot shape={article.state} tone={article.state} /> : <Knot shape="ring" />}
        >
          <h2>
            <a href={paths.article(locale, article.slug)}>{article.title}</a>
          </h2>
          <p>{article.description}</p>
          {article.state && (
            <p class="from">
              <span class={`state ${article.state}`}>{t(`site.state_${article.state}`)}</span>
            </p>
          )}
        </Strip>
      ))}
    </ol>
  )
}
