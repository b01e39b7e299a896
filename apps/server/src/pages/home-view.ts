import type { Locale } from '@clew/contract/primitives'
import type { ComponentState, HomeView, LiveFacts } from '@clew/site'
import type { HelpCentre, ReadableArticle } from '../domains/articles/index.ts'
import type { ServiceState } from './service-watch.ts'
import { incidentLines } from './status-view.ts'
import { atNoon, siteWords } from './words.ts'

const listed = 5
const weekMs = 7 * 86_400_000

/** The front page: the contents of the help centre, and what is true now. */
export function homeView(
  library: HelpCentre,
  about: { locale: Locale; service: ServiceState; statusHref: string; now: Date },
): HomeView {
  const sections = library.sections(about.locale).filter(({ articles }) => articles.length > 0)
  return {
    sections: sections.map(({ id, title, articles }) => ({
      slug: id,
      title,
      count: articles.length,
      articles: articles.slice(0, listed).map(linkTo),
    })),
    facts: factsOf(library, about),
    incidents: incidentLines(about.service.snapshot, about),
  }
}

export const linkTo = ({ slug, title }: { slug: string; title: string }): { slug: string; title: string } => ({
  slug,
  title,
})

function factsOf(
  library: HelpCentre,
  { locale, service, now }: { locale: Locale; service: ServiceState; now: Date },
): LiveFacts {
  const changed = changedSince(library, locale, now.getTime() - weekMs)
  const [latest] = changed
  return {
    service: { state: service.worst, sentence: verdict(service, locale) },
    ...(latest ? { changed: { count: changed.length, latest: linkTo(latest) } } : {}),
  }
}

function changedSince(library: HelpCentre, locale: Locale, sinceMs: number): ReadableArticle[] {
  return library
    .sections(locale)
    .flatMap(({ articles }) => articles)
    .filter(({ updatedOn }) => atNoon(updatedOn).getTime() >= sinceMs)
    .sort((a, b) => b.updatedOn.localeCompare(a.updatedOn))
}

function verdict({ components }: ServiceState, locale: Locale): string {
  const t = siteWords[locale]
  const broken = components.filter(({ state }) => state !== 'ok' && state !== 'maintenance')
  const planned = components.filter(({ state }) => state === 'maintenance')
  const [first] = broken.length > 0 ? broken : planned
  if (!first) return t('site.verdict_all_ok')
  if (broken.length > 1) return t('site.verdict_several', { count: broken.length })
  if (broken.length === 0 && planned.length > 1) return t('site.verdict_several_maintenance', { count: planned.length })
  return t(`site.verdict_one_${first.state as Exclude<ComponentState, 'ok'>}`, {
    component: first.names[locale],
  })
}
