import { describe, expect, test } from 'vitest'
import { sampleSite } from '../testing/samples.ts'
import type { ComponentState } from '../views.ts'
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
