import { describe, expect, test } from 'vitest'
import { sampleSite } from '../testing/samples.ts'
import type { ComponentState, IncidentStory } from '../views.ts'
import { renderStatusPage, worstState } from './status.tsx'

const verdict = (...states: ComponentState[]) => {
  const components = states.map((state, index) => ({ name: `Part ${index + 1}`, state }))
  const html = renderStatusPage({ components, checkedAt: new Date(0) }, sampleSite('en'))
  return /<h1>([^<]+)<\/h1>/.exec(html)?.[1]
}

describe('the verdict', () => {
  test.each<[string, ComponentState[]]>([
    ['Nothing is reported here yet.', []],
    ['Everything works.', ['ok', 'ok']],
    ['Part 2: slower than usual. Everything else works.', ['ok', 'degraded']],
    ['Part 1: down.', ['major']],
    ['2 components have a problem. Everything else works.', ['degraded', 'major', 'ok']],
    ['2 components have a problem.', ['partial', 'major']],
    ['Part 1: under maintenance. Everything else works.', ['maintenance', 'ok']],
    ['Part 1: partly down.', ['partial', 'maintenance', 'ok']],
    ['2 components are under maintenance.', ['maintenance', 'maintenance']],
  ])('%s', (sentence, states) => {
    expect(verdict(...states)).toBe(sentence)
  })
})

test('the worst state wins, and planned work is milder than trouble', () => {
  const of = (...states: ComponentState[]) => worstState(states.map((state) => ({ name: '', state })))
  expect(of()).toBe('ok')
  expect(of('ok', 'maintenance')).toBe('maintenance')
  expect(of('maintenance', 'degraded')).toBe('degraded')
  expect(of('partial', 'major', 'degraded')).toBe('major')
})

test('each state is said by shape, word and colour', () => {
  const html = renderStatusPage(
    { components: [{ name: 'API', state: 'partial' }], checkedAt: new Date(0) },
    sampleSite('el'),
  )
  expect(html).toContain('<span class="state partial"><svg class="shape" aria-hidden="true"><use href="#shape-partial"')
  expect(html).toContain('Μερική διακοπή')
})

const story = (more: Partial<IncidentStory> = {}): IncidentStory => ({
  id: 'one',
  title: 'Slower uploads',
  lang: 'en',
  state: 'degraded',
  components: ['Uploads'],
  startedAt: new Date('2026-11-24T07:42:00Z'),
  updates: [1, 2, 3, 4, 5].map((nth) => ({
    status: 'identified',
    text: `Word ${nth}`,
    lang: 'en',
    at: new Date(Date.UTC(2026, 10, 24, 8, nth)),
  })),
  ...more,
})
const page = (view: Partial<Parameters<typeof renderStatusPage>[0]>, locale: 'en' | 'el' = 'en') =>
  renderStatusPage({ components: [], checkedAt: new Date('2026-11-24T08:06:00Z'), ...view }, sampleSite(locale))

describe('incidents on the page', () => {
  test('an open one stands before the components, with its state as a word and everything that was said', () => {
    const html = page({ incidents: [story()], components: [{ name: 'Uploads', state: 'degraded' }] })
    expect(html.indexOf('Slower uploads')).toBeLessThan(html.indexOf('class="comp"'))
    expect(html).toContain('id="incident-one"')
    expect(html).toMatch(/class="state degraded">.*Slower than usual/)
    for (const nth of [1, 2, 3, 4, 5]) expect(html).toContain(`Word ${nth}`)
    expect(html).toContain('2 earlier updates')
  })

  test('what is written in another language says so to a screen reader', () => {
    const html = page({ incidents: [story()] }, 'el')
    expect(html).toContain('<span lang="en">Slower uploads</span>')
    expect(page({ incidents: [story()] })).not.toContain('lang="en">Slower')
  })

  test('what is over says how long it took', () => {
    const over = story({ state: 'major', resolvedAt: new Date('2026-11-24T08:20:00Z') })
    expect(page({ history: { days: 14, incidents: [over] } })).toContain('Down · 38 minutes.')
    const long = story({ resolvedAt: new Date('2026-11-27T07:42:00Z') })
    expect(page({ history: { days: 14, incidents: [long] } }, 'el')).toContain('Αργεί · 3 ημέρες.')
    expect(page({ history: { days: 14, incidents: [] } })).toContain('No incident in the last 14 days.')
  })

  test('words of an agent are text, never markup', () => {
    const evil = '<img src=x onerror=alert(1)>'
    const html = page({
      incidents: [story({ title: evil, updates: story().updates.map((each) => ({ ...each, text: evil })) })],
    })
    expect(html).not.toContain('<img src=x')
  })

  test('says when it was last checked, with the zone', () => {
    expect(page({})).toContain('Last checked at 10:06 UTC+2.')
  })

  test('a bad day with long words stays below 50 kB', () => {
    const updates = Array.from({ length: 8 }, (_, nth) => ({
      status: 'identified' as const,
      text: 'Προσθέτουμε χωρητικότητα. '.repeat(12),
      lang: 'el' as const,
      at: new Date(Date.UTC(2026, 10, 24, 8, nth)),
    }))
    const open = [1, 2, 3].map((nth) => story({ id: `open-${nth}`, updates }))
    const past = Array.from({ length: 10 }, (_, nth) => story({ id: `past-${nth}`, updates, resolvedAt: new Date(0) }))
    const html = page({ incidents: open, history: { days: 14, incidents: past } }, 'el')
    expect(Buffer.byteLength(html)).toBeLessThan(50_000)
  })
})
