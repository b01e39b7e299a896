import { timeOfDay, zoneName } from '../dates.ts'
import { inEveryLocale, renderPage } from '../document.tsx'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ComponentState, StatusComponent, StatusView } from '../views.ts'
import { Hand } from './hand.tsx'
import { OpenIncidents, PastIncidents } from './incident-story.tsx'

// Worst last, so that the higher index wins.
const severity: readonly ComponentState[] = ['ok', 'maintenance', 'degraded', 'partial', 'major']

export const worstState = (components: readonly StatusComponent[]): ComponentState =>
  severity[Math.max(0, ...components.map(({ state }) => severity.indexOf(state)))] ?? 'ok'

/** One sentence that says what works, then every component with shape, word and colour. */
export function renderStatusPage(view: StatusView, site: Site): string {
  const { t, paths, locale } = site
  const worst = worstState(view.components)
  const verdict = verdictSentence(view.components, site)
  const rail = (
    <>
      <b>{timeOfDay(site, view.checkedAt)}</b> {zoneName(site, view.checkedAt)}
    </>
  )
  return renderPage({
    site,
    here: 'status',
    head: {
      title: t('site.status_title'),
      description: t('site.status_description', { brand: site.brand.name }),
      path: paths.status(locale),
      translations: inEveryLocale(paths.status),
      scripts: ['status.js'],
    },
    children: (
      <main id="main" data-live-status>
        <p class="visually-hidden" role="status" data-news />
        <Strip class="verdictline" live rail={rail} knot={<Knot shape={worst} tone={worst} />}>
          <h1>{verdict}</h1>
          <p>
            {t('site.status_last_checked', {
              time: timeOfDay(site, view.checkedAt),
              zone: zoneName(site, view.checkedAt),
            })}
          </p>
        </Strip>
        <OpenIncidents incidents={view.incidents ?? []} site={site} />
        {view.components.length > 0 && (
          <Strip as="section" class="comps" labelledBy="components" rail={<b>{t('site.status_now')}</b>} railWide>
            <h2 id="components" class="visually-hidden">
              {t('site.status_components')}
            </h2>
            <ul>
              {view.components.map((component) => (
                <Component key={component.name} component={component} site={site} />
              ))}
            </ul>
          </Strip>
        )}
        {view.history && <PastIncidents history={view.history} site={site} />}
        <Hand
          site={site}
          title={t('site.status_differs')}
          text={
            <>
              {t('site.status_differs_text')} <a href={paths.statusJson()}>{t('site.status_json')}</a>
            </>
          }
        />
      </main>
    ),
  })
}

function Component({ component, site }: { component: StatusComponent; site: Site }) {
  return (
    <li class="comp">
      <div>
        {component.group && <span class="muted">{component.group} · </span>}
        <b>{component.name}</b>
        {component.description && <p class="muted small">{component.description}</p>}
      </div>
      <span class={`state ${component.state}`}>
        <Shape name={component.state} />
        {site.t(`site.state_${component.state}`)}
      </span>
    </li>
  )
}

function verdictSentence(components: readonly StatusComponent[], { t }: Site): string {
  if (components.length === 0) return t('site.verdict_unknown')
  const broken = components.filter(({ state }) => state !== 'ok' && state !== 'maintenance')
  const planned = components.filter(({ state }) => state === 'maintenance')
  const [first] = broken.length > 0 ? broken : planned
  if (first === undefined) return t('site.verdict_all_ok')
  const many = broken.length > 1 || (broken.length === 0 && planned.length > 1)
  const sentence = many ? several(broken.length, planned.length, t) : one(first, t)
  const others = components.length - broken.length - planned.length
  const restWorks = others > 0 && (broken.length === 0 || planned.length === 0)
  return restWorks ? `${sentence} ${t('site.verdict_rest_works')}` : sentence
}

const several = (broken: number, planned: number, t: Site['t']) =>
  broken > 0 ? t('site.verdict_several', { count: broken }) : t('site.verdict_several_maintenance', { count: planned })

function one({ name, state }: StatusComponent, t: Site['t']): string {
  return state === 'ok' ? t('site.verdict_all_ok') : t(`site.verdict_one_${state}`, { component: name })
}
