import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { starterFlows, uploadFailures } from './index.ts'
import { parseFlow, validateFlow } from './validate.ts'

type Json = Record<string, unknown>

/** A copy of a valid flow with one place changed. */
function changed(change: (flow: { steps: { replies: Json[] }[] } & Json) => void): unknown {
  const copy = JSON.parse(JSON.stringify(uploadFailures))
  change(copy)
  return copy
}

test.each(starterFlows)('the shipped flow $id is valid', (flow) => {
  expect(validateFlow(flow)).toEqual([])
  expect(parseFlow(JSON.parse(JSON.stringify(flow)))).toEqual(flow)
})

describe('a problem is named at its place', () => {
  test.each([
    ['no steps', (flow: Json) => Object.assign(flow, { steps: [] }), { path: 'steps', code: 'missing' }],
    ['a bad id', (flow: Json) => Object.assign(flow, { id: '../etc' }), { path: 'id', code: 'bad_id' }],
    [
      'a version of text',
      (flow: Json) => Object.assign(flow, { version: '1' }),
      { path: 'version', code: 'wrong_type' },
    ],
    [
      'an empty Greek title',
      (flow: Json) => Object.assign(flow, { title: { en: 'x', el: ' ' } }),
      { path: 'title.el', code: 'empty_text' },
    ],
    [
      'no triggers',
      (flow: Json) => Object.assign(flow, { triggers: {} }),
      { path: 'triggers.phrases', code: 'missing' },
    ],
  ])('%s', (_name, change, problem) => {
    expect(validateFlow(changed(change))).toContainEqual(problem)
  })

  test('a reply that leads nowhere', () => {
    const flow = changed(({ steps }) => Object.assign(steps[0]?.replies[0] ?? {}, { next: 'nowhere' }))
    expect(validateFlow(flow)).toEqual([{ path: 'steps.0.replies.0.next', code: 'unknown_next' }])
  })

  test('an outcome that does not exist', () => {
    const flow = changed(({ steps }) => Object.assign(steps[1]?.replies[0] ?? {}, { outcome: 'perhaps' }))
    expect(validateFlow(flow)).toEqual([{ path: 'steps.1.replies.0.outcome', code: 'bad_outcome' }])
  })

  test('a fix that does not end the run', () => {
    const flow = changed(({ steps }) => Object.assign(steps[1]?.replies[0] ?? {}, { next: 'network' }))
    expect(validateFlow(flow)).toEqual([{ path: 'steps.1.replies.0.next', code: 'fixed_must_end' }])
  })

  test('a step that no reply leads to', () => {
    const flow = changed(({ steps }) => {
      for (const reply of steps[0]?.replies ?? [])
        reply['next'] = reply['outcome'] === 'fixed' ? 'done' : 'clear-site-data'
    })
    expect(validateFlow(flow)).toEqual([{ path: 'steps.1', code: 'unreachable' }])
  })

  test('steps that can never end', () => {
    const flow = changed(({ steps }) => {
      const [first] = steps
      if (first) first.replies = first.replies.filter(({ outcome }) => outcome === 'skipped')
      steps.length = 1
      for (const reply of steps[0]?.replies ?? []) reply['next'] = 'file-size'
    })
    expect(validateFlow(flow)).toEqual([{ path: 'steps.0', code: 'endless' }])
  })

  test('two steps with one id, and a step called like an end', () => {
    const twice = changed((flow) => Object.assign(flow.steps[1] ?? {}, { id: 'file-size' }))
    expect(validateFlow(twice)).toContainEqual({ path: 'steps.1.id', code: 'duplicate_id' })
    const end = changed((flow) => Object.assign(flow.steps[1] ?? {}, { id: 'done' }))
    expect(validateFlow(end)).toContainEqual({ path: 'steps.1.id', code: 'bad_id' })
  })
})

test('anything that is not a flow is refused without throwing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (input) => validateFlow(input).length > 0),
    { seed: 4 },
  )
  expect(() => parseFlow(null)).toThrow('flow.invalid')
})
