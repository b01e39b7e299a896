import { slot } from '@clew/i18n'
import { longDay, shortDay } from '../dates.ts'
import { renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import { Seek } from '../seek.tsx'
import { localeNames, type Site } from '../site.ts'
import type { SearchResult, SearchView, TextPart } from '../views.ts'
import { IncidentStrip } from './incident-strip.tsx'

/** Results: a live incident first, then one answer quoted word for word, then the rest. */
export function renderSearchPage(view: SearchView, site: Site): string {
  const { t, paths } = site
  const query = view.query.trim()
  const title = query === '' ? t('site.search_title') : t('site.search_title_for', { query })
  return renderPage({
    site,
    here: 'help',
    head: {
      title,
      description: t('site.home_description', { brand: site.brand.name }),
      translations: { en: paths.search('en', { q: query }), el: paths.search('el', { q: query }) },
      noIndex: true,
    },
    children: (
      <main id="main">
        <Strip class="asksmall" live>
          <h1 class="visually-hidden">{title}</h1>
          <Seek site={site} query={view.query} small />
          {query !== '' && <HowRead view={view} site={site} />}
        </Strip>
        {view.incident && <IncidentStrip incident={view.incident} site={site} />}
        {view.results.length > 0 && (
          <ol class="results">
            {view.results.map((result) => (
              <Result key={`${result.slug}#${result.part?.id ?? ''}`} result={result} site={site} />
            ))}
          </ol>
        )}
        <WayOn view={view} site={site} />
      </main>
    ),
  })
}

function HowRead({ view, site }: { view: SearchView; site: Site }) {
  const { t, paths, locale } = site
  return (
    <p class="hint small" role="status">
      {t('site.search_results', { count: view.total })}
      {view.readAs && (
        <>
          {' '}
          <Sentence
            text={t(`site.search_read_${view.readAs.kind}`, { words: slot('words') })}
            parts={{ words: <b>{view.readAs.text}</b> }}
          />{' '}
          <a href={paths.search(locale, { q: view.query, asWritten: true })}>{t('site.search_as_written')}</a>
        </>
      )}
    </p>
  )
}

function Result({ result, site }: { result: SearchResult; site: Site }) {
  const { t, paths, locale } = site
  const anchor = result.part ? `#${result.part.id}` : ''
  const href = paths.article(locale, result.slug) + anchor
  const heading = (
    <h2 lang={result.onlyIn}>
      <a href={href}>
        <Marked parts={result.title} />
        {result.part && `, ${result.part.title}`}
      </a>
    </h2>
  )
  if (result.best) return <BestResult result={result} heading={heading} href={href} site={site} />
  const onlyIn = result.onlyIn && t('site.search_only_in', { language: localeNames[result.onlyIn] })
  return (
    <Strip as="li" class="found" rail={shortDay(site, result.updatedOn)} knot={<Knot shape="ring" />}>
      {heading}
      <p lang={result.onlyIn}>
        <Marked parts={result.snippet} />
      </p>
      <p class="from">{[result.section, onlyIn].filter(Boolean).join(' · ')}</p>
    </Strip>
  )
}

interface BestProps {
  result: SearchResult
  heading: preact.JSX.Element
  href: string
  site: Site
}

function BestResult({ result, heading, href, site }: BestProps) {
  const { t } = site
  const from = [
    result.section,
    t('site.search_updated', { day: longDay(site, result.updatedOn) }),
    t('site.search_quoted'),
  ].join(' · ')
  return (
    <Strip
      as="li"
      class="found bestrow"
      live
      rail={<b>{t('site.search_best')}</b>}
      knot={<Knot shape="dot" tone="pine" />}
    >
      <div class="best">
        {heading}
        <p lang={result.onlyIn}>
          <Marked parts={result.snippet} />
        </p>
        <p class="from">{from}</p>
        <p class="btns">
          <a class="btn" href={href}>
            {t('site.search_open_article')}
          </a>
        </p>
      </div>
    </Strip>
  )
}

function Marked({ parts }: { parts: readonly TextPart[] }) {
  return <>{parts.map(({ text, match }) => (match ? <mark>{text}</mark> : text))}</>
}

function WayOn({ view, site }: { view: SearchView; site: Site }) {
  const { t, paths, locale } = site
  const query = view.query.trim()
  const empty = view.results.length === 0
  return (
    <Strip as="section" labelledBy="way-on" class={empty ? 'nothing' : undefined} knot={empty && <Knot shape="ring" />}>
      <div class="hand">
        <div>
          <h2 id="way-on" class="h3">
            {query === '' ? t('site.search_ask') : t(empty ? 'site.search_nothing' : 'site.search_none_of_these')}
          </h2>
          <p class="muted">{t(empty ? 'site.search_nothing_hint' : 'site.search_words_travel')}</p>
        </div>
        <div class="btns">
          {empty && (
            <a class="btn" href={paths.home(locale)}>
              {t('site.contents_all')}
            </a>
          )}
          <a class="btn main" href={paths.contact(locale, query === '' ? undefined : { query })}>
            {t('site.open_case')}
          </a>
        </div>
      </div>
    </Strip>
  )
}
