import { slot } from '@clew/i18n'
import { shortDay } from '../dates.ts'
import { type PageHead, renderPage } from '../document.tsx'
import { breadcrumbList, type JsonLd } from '../json-ld.ts'
import { Sentence } from '../layout.tsx'
import { Html } from '../prose.tsx'
import { Strip } from '../rail.tsx'
import { localeNames, type Site } from '../site.ts'
import type { ArticleView } from '../views.ts'
import { ArticleEnd } from './article-end.tsx'
import { ArticleMargin } from './article-margin.tsx'
import { ArticleSteps } from './article-steps.tsx'
import { ArticleWalk } from './article-walk.tsx'
import { IncidentStrip } from './incident-strip.tsx'

/** One article: minutes on the rail beside each step, the text, and the way on when it did not help. */
export function renderArticlePage(view: ArticleView, site: Site): string {
  return renderPage({
    site,
    head: articleHead(view, site),
    here: 'help',
    children: (
      <div class="sheetwork">
        <main id="main">
          <article data-article={view.slug}>
            <ArticleHead view={view} site={site} />
            {view.incident && <IncidentStrip incident={view.incident} site={site} />}
            {view.walk && <ArticleWalk walk={view.walk} slug={view.slug} site={site} />}
            {view.introHtml && (
              <Strip class="artpart" live>
                <Html class="read" html={view.introHtml} tableName={site.t('site.table')} lang={view.fallbackFrom} />
              </Strip>
            )}
            {view.steps && view.steps.length > 0 && <ArticleSteps view={view} site={site} steps={view.steps} />}
            {view.html && (
              <Strip class="artpart" live={view.steps === undefined}>
                <Html class="read" html={view.html} tableName={site.t('site.table')} lang={view.fallbackFrom} />
              </Strip>
            )}
          </article>
          <ArticleEnd view={view} site={site} />
        </main>
        <ArticleMargin view={view} site={site} />
      </div>
    ),
  })
}

function ArticleHead({ view, site }: { view: ArticleView; site: Site }) {
  const { t, paths, locale } = site
  const rail = (
    <>
      <span class="wide">
        {t('site.updated')} <br />
      </span>
      <time dateTime={view.updatedOn.toISOString().slice(0, 10)}>{shortDay(site, view.updatedOn)}</time>
      <br />
      <span class="dotsep"> · </span>
      {t('site.reading_minutes', { minutes: view.minutes })}
    </>
  )
  return (
    <Strip class="arthead" live rail={rail}>
      <nav aria-label={t('site.you_are_here')}>
        <ol class="crumbs">
          <li>
            <a href={paths.home(locale)}>{t('site.help_centre')}</a>
          </li>
          <li>
            <a href={paths.section(locale, view.section.slug)}>{view.section.title}</a>
          </li>
        </ol>
      </nav>
      <h1 lang={view.fallbackFrom}>{view.title}</h1>
      {view.fallbackFrom && <FallbackNotice language={localeNames[view.fallbackFrom]} site={site} />}
      <p class="lede" lang={view.fallbackFrom}>
        {view.description}
      </p>
    </Strip>
  )
}

function FallbackNotice({ language, site }: { language: string; site: Site }) {
  const text = site.t('site.fallback_notice', { language: slot('language') })
  return (
    <p class="notice">
      <Sentence text={text} parts={{ language: <b>{language}</b> }} />
    </p>
  )
}

function articleHead(view: ArticleView, site: Site): PageHead {
  const { paths, locale } = site
  const path = paths.article(locale, view.slug)
  const source = view.fallbackFrom && view.translations?.[view.fallbackFrom]
  return {
    title: view.title,
    description: view.description,
    path,
    ...(view.translations && { translations: view.translations }),
    ...(source !== undefined && { canonical: source }),
    articleSlug: view.slug,
    jsonLd: [crumbsData(view, site), articleData(view, site)],
  }
}

function crumbsData(view: ArticleView, { t, paths, locale }: Site): JsonLd {
  return breadcrumbList([
    { name: t('site.help_centre'), url: paths.absolute(paths.home(locale)) },
    { name: view.section.title, url: paths.absolute(paths.section(locale, view.section.slug)) },
    { name: view.title, url: paths.absolute(paths.article(locale, view.slug)) },
  ])
}

function articleData(view: ArticleView, { brand, paths, locale }: Site): JsonLd {
  const publisher = { '@type': 'Organization', name: brand.name }
  return {
    '@context': 'https://schema.org',
    '@type': 'TechArticle',
    headline: view.title,
    description: view.description,
    inLanguage: view.fallbackFrom ?? locale,
    url: paths.absolute(paths.article(locale, view.slug)),
    dateModified: view.updatedOn.toISOString(),
    datePublished: view.publishedOn?.toISOString(),
    articleSection: view.section.title,
    timeRequired: `PT${view.minutes}M`,
    author: publisher,
    publisher,
  }
}
