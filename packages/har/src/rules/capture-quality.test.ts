import { describe, expect, test } from 'vitest'
import { analyse } from '../analyse.ts'
import { readCapture } from '../capture.ts'
import type { AnalyseOptions } from '../scene.ts'
import { capture, entry, page } from '../test-support.ts'
import type { JsonValue } from '../types.ts'
import { APP, after, times } from './testing.ts'

function steps(entries: JsonValue[], options: AnalyseOptions = {}, text = JSON.stringify(capture(entries))): unknown[] {
  const { findings } = analyse(readCapture(text), options)
  return findings.filter(({ rule }) => rule === 'capture-quality').map(({ params }) => params['step'])
}

const withCookie = { requestHeaders: { cookie: 'sid=x' } }
const bare = (value: JsonValue): JsonValue =>
  JSON.parse(JSON.stringify(value).replace(/"text":"(?:[^"\\]|\\.)*"/g, '"text":""'))

describe('the missed step is named', () => {
  test('nothing recorded', () => expect(steps([])).toEqual(['nothing_recorded']))

  test('recorded before the problem', () => {
    expect(steps([page(), entry()])).toEqual(['before_the_problem'])
    expect(steps([page({ requestHeaders: { 'user-agent': 'Firefox/40.0' } })])).toEqual(['before_the_problem'])
    expect(steps([page(), entry({ status: 500 })])).toEqual([])
    expect(steps([page(), entry({ timings: { wait: 9_000 } })])).toEqual([])
  })

  test('Preserve log was off: no page at all', () => {
    expect(steps([entry({ status: 500 })])).toEqual(['no_preserve_log'])
  })

  test('Preserve log was off: only the last page', () => {
    const last = page({ url: `${APP}/en/done`, requestHeaders: { referer: `${APP}/en/start` } })
    expect(steps([last])).toContain('only_last_page')
    expect(steps([page({ url: `${APP}/en/start` }), last])).not.toContain('only_last_page')
    expect(steps([page({ requestHeaders: { referer: 'https://search.example/' } })])).not.toContain('only_last_page')
  })

  test('more than a day from the reported time', () => {
    const failing = [page({ status: 500 })]
    expect(steps(failing, { reportedAt: '2026-11-26T10:00:00Z' })).toEqual(['other_time'])
    expect(steps(failing, { reportedAt: '2026-11-25T10:00:00Z' })).toEqual([])
    expect(steps(failing, { reportedAt: { from: '2026-11-20T00:00:00Z', to: '2026-11-24T00:00:00Z' } })).toEqual([])
  })

  test('no bodies', () => {
    const answers = [
      page({ status: 500 }),
      ...times(3, (at) => entry({ url: `${APP}/v1/${at}`, startedDateTime: after(at) })),
    ]
    expect(steps(answers)).toEqual([])
    expect(steps(answers.map(bare))).toEqual(['no_bodies'])
  })

  test('cookies left out, when the problem is one of signing in', () => {
    expect(steps([page(), entry({ status: 401 })])).toEqual(['cookies_left_out'])
    expect(steps([page(withCookie), entry({ status: 401 })])).toEqual([])
    expect(steps([page(), entry({ status: 500 })])).toEqual([])
  })

  test('the file is cut off', () => {
    const text = JSON.stringify(capture([page({ status: 500 }), page()]))
    expect(steps([], {}, text.slice(0, -40))).toEqual(['truncated'])
  })
})
