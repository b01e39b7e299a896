import { slot } from '@clew/i18n'
import { shortDay, timeOfDay, weekDay, zoneName } from '../dates.ts'
import { inEveryLocale, renderPage } from '../document.tsx'
import type { JsonLd } from '../json-ld.ts'
import { Sentence } from '../layout.tsx'
import { Knot, Shape, Strip } from '../rail.tsx'
import { Seek } from '../seek.tsx'
import type { Site } from '../site.ts'
import type { ArticleChange, ArticleLink, HomeSection, HomeView, LiveFacts } from '../views.ts'
import { Hand } from './hand.tsx'
import { IncidentStrip } from './incident-strip.tsx'

/** The front page of the help centre: a question, the search field, what is true now, and the contents of the book. */
export function renderHomePage(view: HomeView, site: Site): string {
  const { t, paths, locale } = site
  const head = {
    title: t('site.help_centre'),
    description: t('site.home_description', { brand: site.brand.name }),
    path: paths.home(locale),
    translations: inEveryLocale(paths.home),
    jsonLd: [websiteData(site)],
  }
  return renderPage({
    site,
    head,
    here: 'help',
    children: (
      <main id="main">
        {view.incidents?.map((incident) => (
          <IncidentStrip key={incident.href} incident={incident} site={site} />
        ))}
        <Greeting view={view} site={site} />
        {view.facts && <Facts facts={view.facts} site={site} />}
        <Contents sections={view.sections} site={site} />
        {view.changes && view.changes.length > 0 && <Changes changes={view.changes} site={site} />}
        <Hand
          site={site}
          title={t('site.hand_title')}
          text={
            <Sentence
              text={t('site.hand_text', { har: slot('har') })}
              parts={{ har: <a href={paths.har(locale)}>{t('site.hand_har')}</a> }}
            />
          }
        />
      </main>
    ),
  })
}

function Greeting({ view, site }: { view: HomeView; site: Site }) {
  const { t } = site
  const rail = view.now && (
    <>
      <b>{weekDay(site, view.now)}</b> {timeOfDay(site, view.now)} {zoneName(site, view.now)}
    </>
  )
  return (
    <Strip as="section" class="ask" rail={rail} railWide>
      <h1>{t('site.home_greeting')}</h1>
      <Seek site={site} />
      <p class="hint small">{t('site.home_search_hint')}</p>
    </Strip>
  )
}

function Facts({ facts, site }: { facts: LiveFacts; site: Site }) {
  const { t } = site
  const items = [
    facts.service && <ServiceFact service={facts.service} site={site} />,
    facts.wait && <WaitFact wait={facts.wait} site={site} />,
    facts.changed && <ChangedFact changed={facts.changed} site={site} />,
  ].filter((item) => item !== undefined)
  if (items.length === 0) return null
  return (
    <Strip as="section" class="nowstrip" label={t('site.home_now')} rail={<b>{t('site.home_now')}</b>} railWide>
      <ul class={`facts of-${items.length}`}>
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    </Strip>
  )
}

function ServiceFact({ service, site }: { service: NonNullable<LiveFacts['service']>; site: Site }) {
  const { t, paths, locale } = site
  const since = service.since && t('site.since', { time: timeOfDay(site, service.since) })
  const next = service.nextUpdateBy && t('site.next_update_by', { time: timeOfDay(site, service.nextUpdateBy) })
  return (
    <a href={paths.status(locale)}>
      <strong class={service.state}>
        <Shape name={service.state} />
        {service.sentence}
      </strong>
      <span>{[since, next].filter(Boolean).join(' · ') || t('site.home_status_more')}</span>
    </a>
  )
}

function WaitFact({ wait, site }: { wait: NonNullable<LiveFacts['wait']>; site: Site }) {
  const { t, paths, locale } = site
  const basis = t('site.wait_basis', { days: wait.overDays })
  return (
    <a href={paths.contact(locale)}>
      <strong>{t('site.wait_sentence', { minutes: wait.minutes })}</strong>
      <span>{[basis, site.supportHoursText].filter(Boolean).join(' · ')}</span>
    </a>
  )
}

function ChangedFact({ changed, site }: { changed: NonNullable<LiveFacts['changed']>; site: Site }) {
  const { t, paths, locale } = site
  return (
    <a href={paths.article(locale, changed.latest.slug)}>
      <strong>{t('site.changed_sentence', { count: changed.count })}</strong>
      <span>{t('site.changed_latest', { title: changed.latest.title })}</span>
    </a>
  )
}

function Contents({ sections, site }: { sections: readonly HomeSection[]; site: Site }) {
  const { t } = site
  const total = sections.reduce((sum, section) => sum + section.count, 0)
  const rail = (
    <>
      <b>{t('site.contents')}</b> {t('site.article_count', { count: total })}
    </>
  )
  return (
    <Strip as="nav" class="contstrip" label={t('site.contents')} rail={rail} railWide>
      <div class="contents">
        {sections.map((section) => (
          <SectionEntry key={section.slug} section={section} site={site} />
        ))}
      </div>
    </Strip>
  )
}

function SectionEntry({ section, site }: { section: HomeSection; site: Site }) {
  const { t, paths, locale } = site
  return (
    <div class="chapter">
      <h2 class="leader">
        <a href={paths.section(locale, section.slug)}>{section.title}</a>
        <span class="count" title={t('site.article_count', { count: section.count })}>
          {t.format.number(section.count)}
          <span class="visually-hidden"> {t('site.articles_unit', { count: section.count })}</span>
        </span>
      </h2>
      <ul>
        {section.articles.map((article) => (
          <li key={article.slug}>
            <ArticleTitle article={article} site={site} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ArticleTitle({ article, site }: { article: ArticleLink; site: Site }) {
  const { t, paths, locale } = site
  return (
    <a href={paths.article(locale, article.slug)}>
      {article.state && (
        <span class={article.state}>
          <Shape name={article.state} />
          <span class="visually-hidden">{t(`site.state_${article.state}`)}: </span>
        </span>
      )}
      {article.title}
    </a>
  )
}

function Changes({ changes, site }: { changes: readonly ArticleChange[]; site: Site }) {
  const { t, paths, locale } = site
  return (
    <section aria-labelledby="changed">
      <Strip class="part">
        <h2 id="changed" class="h3">
          {t('site.changes_title')}
        </h2>
      </Strip>
      {changes.map(({ article, at, note }, index) => (
        <Strip
          key={article.slug}
          class="entry"
          rail={
            <>
              <b>{shortDay(site, at)}</b> {timeOfDay(site, at)}
            </>
          }
          knot={<Knot {...(index === 0 ? { shape: 'dot', tone: 'pine' } : { shape: 'ring' })} />}
        >
          <a href={paths.article(locale, article.slug)}>{article.title}</a>
          {note && <p>{note}</p>}
        </Strip>
      ))}
    </section>
  )
}

function websiteData({ brand, paths, locale }: Site): JsonLd {
  const search = paths.absolute(paths.search(locale))
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: brand.name,
    url: paths.absolute(paths.home(locale)),
    inLanguage: locale,
    potentialAction: {
      '@type': 'SearchAction',
      target: { '@type': 'EntryPoint', urlTemplate: `${search}?q={search_term_string}` },
      'query-input': 'required name=search_term_string',
    },
  }
}
