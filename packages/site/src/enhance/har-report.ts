import type { T } from '@clew/i18n'
import { el, strip } from './dom.ts'
import type { FoundCause, HarResult } from './har-messages.ts'
import { writeSize } from './sizes.ts'

interface Report {
  readonly result: HarResult
  readonly name: string
  readonly contact: string
  readonly t: T<'site-live'>
  forget(): void
}

/** Dropped, removed, read, yours to decide: each a stretch of the rail. */
export function drawReport(report: Report): HTMLElement[] {
  return [removed(report), ...read(report), keep(report)]
}

function removed({ result, t }: Report): HTMLElement {
  const seconds = t.format.number(Math.max(0.1, result.seconds), { maximumFractionDigits: 1, minimumFractionDigits: 1 })
  const rows = result.removed.map(({ kind, count }) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, t(`site-live.har_kind_${kind}`)),
      el('td', { class: 'r' }, t.format.number(count)),
    ),
  )
  const head = el(
    'tr',
    {},
    el('th', { scope: 'col' }, t('site-live.har_what')),
    el('th', { scope: 'col', class: 'r' }, t('site-live.har_places')),
  )
  const table = el('table', { class: 'report' }, el('thead', {}, head), el('tbody', {}, ...rows))
  return strip(
    {
      class: 'stage',
      live: true,
      knot: ['dot', 'pine'],
      rail: [el('b', {}, t('site-live.har_removed')), ` ${t('site-live.har_removed_in', { seconds })}`],
    },
    el('h2', { tabindex: '-1' }, t('site-live.har_removed_title', { count: result.removedTotal })),
    rows.length > 0 && table,
    rows.length > 0 && el('p', { class: 'echo' }, t('site-live.har_same_number')),
    result.entriesDropped > 0 && el('p', {}, t('site-live.har_dropped', { count: result.entriesDropped })),
  )
}

function read({ result, t }: Report): HTMLElement[] {
  const { findings } = result
  const heading = strip(
    { class: 'stage findings', live: true, knot: ['dot', 'pine'], rail: [el('b', {}, t('site-live.har_read'))] },
    el('h2', {}, t('site-live.har_findings', { count: findings.length })),
  )
  return [heading, ...findings.map((finding) => drawFinding(finding, t))]
}

const knots = { high: ['major', 'major'], medium: ['degraded', 'degraded'], low: ['ring'] } as const

function drawFinding({ severity, text, nextStep, requestIds }: FoundCause, t: T<'site-live'>): HTMLElement {
  return strip(
    {
      class: 'finding',
      live: true,
      knot: knots[severity],
      rail: [el('b', {}, t(`site-live.har_severity_${severity}`))],
    },
    el('p', {}, text[t.locale]),
    nextStep && el('p', { class: 'muted' }, nextStep[t.locale]),
    requestIds.length > 0 && el('p', { class: 'echo mono' }, requestIds.slice(0, 3).join(' · ')),
  )
}

function keep({ result, name, contact, t, forget }: Report): HTMLElement {
  const address = URL.createObjectURL(result.clean)
  const save = el('a', { class: 'btn main', href: address, download: safeName(name) }, t('site-live.har_save'))
  const forgetButton = el('button', { class: 'btn plain', type: 'button' }, t('site-live.har_forget'))
  forgetButton.addEventListener('click', () => {
    URL.revokeObjectURL(address)
    forget()
  })
  const openCase = el('a', { class: 'btn', href: contact }, t('site-live.har_open_case'))
  return strip(
    { class: 'stage', knot: ['ring'], rail: [t('site-live.har_yours')] },
    el('h2', {}, t('site-live.har_keep_title')),
    el('p', { class: 'muted' }, t('site-live.har_keep_text', { size: writeSize(result.clean.size, t) })),
    el('p', { class: 'btns' }, save, openCase, forgetButton),
  )
}

/** "trace.har" → "trace.safe.har". */
export const safeName = (name: string): string => `${name.replace(/\.(har|json)$/i, '')}.safe.har`
