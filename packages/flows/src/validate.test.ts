import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sample, sampleFlow } from './testing/sample-flow.ts'
import { parseFlow, validateFlow, validateFlows } from './validate.ts'

type Json = Record<string, unknown>
type Spoilt = Json & { steps: Json[] }

/** Problems of the sample with some places changed: a path to each, and what stands there now. */
function problemsOf(changes: Record<string, unknown>): ReturnType<typeof validateFlow> {
  const copy: Spoilt = JSON.parse(JSON.stringify(sample))
  for (const [path, value] of Object.entries(changes)) put(copy, path.split('.'), value)
  return validateFlow(copy)
}

function put(part: Json, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) put(part[key] as Json, rest, value)
  else if (value === undefined) delete part[key]
  else part[key] = value
}

test('the sample is valid and reads as it is written', () => {
  expect(validateFlow(sample)).toEqual([])
  expect(parseFlow(JSON.parse(JSON.stringify(sampleFlow)))).toEqual(sampleFlow)
})

describe('a problem of the shape is named at its place', () => {
  test.each<[string, Record<string, unknown>, object]>([
    ['no steps', { steps: [] }, { path: 'steps', code: 'empty' }],
    ['nothing at all for steps', { steps: undefined }, { path: 'steps', code: 'missing' }],
    ['a bad id', { id: '../etc' }, { path: 'id', code: 'bad_format' }],
    [
      'an id that is too long for a button',
      { id: 'a'.repeat(25) },
      { path: 'id', code: 'too_long', params: { max: 24 } },
    ],
    ['a version of text', { version: '1' }, { path: 'version', code: 'wrong_type' }],
    ['an empty Greek title', { 'title.el': ' ' }, { path: 'title.el', code: 'empty' }],
    ['no Greek title', { 'title.el': undefined }, { path: 'title.el', code: 'missing' }],
    ['a hidden direction mark', { 'title.en': 'a\u202Eb' }, { path: 'title.en', code: 'bad_format' }],
    ['a text without end', { 'steps.5.say.en': 'x'.repeat(1201) }, { path: 'steps[5].say.en', code: 'too_long' }],
    [
      'a misspelt key',
      { 'steps.5.minuts': 2 },
      { path: 'steps[5].minuts', code: 'unknown_key', params: { key: 'minuts', suggestion: 'minutes' } },
    ],
    [
      'a misspelt key of a reply',
      { 'steps.5.replies.2.lable': {} },
      { path: 'steps[5].replies[2].lable', code: 'unknown_key', params: { key: 'lable', suggestion: 'label' } },
    ],
    [
      'a key of another kind of step',
      { 'steps.2.replies': ['worked'] },
      { path: 'steps[2].replies', code: 'unknown_key', params: { key: 'replies' } },
    ],
    [
      'an unknown kind',
      { 'steps.5.kind': 'doo' },
      { path: 'steps[5].kind', code: 'unknown_value', params: { value: 'doo', suggestion: 'do' } },
    ],
    ['no kind', { 'steps.5.kind': undefined }, { path: 'steps[5].kind', code: 'missing' }],
    [
      'an unknown check',
      { 'steps.0.check': 'incident' },
      { path: 'steps[0].check', code: 'unknown_value', params: { value: 'incident' } },
    ],
    [
      'a check without an outcome',
      { 'steps.0.outcomes.none': undefined },
      { path: 'steps[0].outcomes.none', code: 'missing' },
    ],
    [
      'an outcome that a check has not',
      { 'steps.0.outcomes.opened': 'hello' },
      { path: 'steps[0].outcomes.opened', code: 'unknown_key', params: { suggestion: 'open' } },
    ],
    [
      'a standard reply that is none',
      { 'steps.5.replies.0': 'works' },
      { path: 'steps[5].replies[0]', code: 'unknown_value', params: { suggestion: 'worked' } },
    ],
    [
      'an outcome that does not exist',
      { 'steps.5.replies.2.outcome': 'perhaps' },
      { path: 'steps[5].replies[2].outcome', code: 'unknown_value' },
    ],
    [
      'too many minutes',
      { 'steps.5.minutes': 500 },
      { path: 'steps[5].minutes', code: 'out_of_range', params: { max: 120 } },
    ],
    [
      'too many steps',
      { steps: Array.from({ length: 61 }, () => sample.steps[5]) },
      { path: 'steps', code: 'too_many', params: { max: 60 } },
    ],
  ])('%s', (_name, changes, problem) => {
    expect(problemsOf(changes)).toContainEqual(expect.objectContaining(deep(problem)))
  })
})

describe('a problem of the sense is named at its place', () => {
  test.each<[string, Record<string, unknown>, object]>([
    [
      'a reply that leads nowhere',
      { 'steps.5.replies.2.next': 'restrat', 'steps.5.replies.2.reason': undefined },
      { path: 'steps[5].replies[2].next', code: 'unknown_step', params: { step: 'restrat', suggestion: 'restart' } },
    ],
    ['a step that leads nowhere', { 'steps.5.next': 'nowhere' }, { path: 'steps[5].next', code: 'unknown_step' }],
    [
      'an outcome that leads nowhere',
      { 'steps.0.outcomes.none': 'nowhere' },
      { path: 'steps[0].outcomes.none', code: 'unknown_step' },
    ],
    [
      'a reply without a way',
      { 'steps.6.replies.2': 'still-fails' },
      { path: 'steps[6].replies[2]', code: 'no_way_on' },
    ],
    ['a question without a way', { 'steps.3.next': undefined }, { path: 'steps[3].replies[0]', code: 'no_way_on' }],
    ['only a fix', { 'steps.6.replies': ['worked'] }, { path: 'steps[6].replies', code: 'no_way_on' }],
    [
      'a fix that does not end the run',
      { 'steps.5.replies.0': { id: 'worked', next: 'restart' } },
      { path: 'steps[5].replies[0].next', code: 'fixed_must_end' },
    ],
    [
      'a reply without words',
      { 'steps.5.replies.2.label': undefined },
      { path: 'steps[5].replies[2].label', code: 'missing' },
    ],
    [
      'a reply without an outcome',
      { 'steps.5.replies.2.outcome': undefined },
      { path: 'steps[5].replies[2].outcome', code: 'missing' },
    ],
    [
      'two steps with one id',
      { 'steps.6.id': 'plug' },
      { path: 'steps[6].id', code: 'duplicate_id', params: { id: 'plug' } },
    ],
    [
      'two replies with one id',
      { 'steps.5.replies.3': 'worked' },
      { path: 'steps[5].replies[3].id', code: 'duplicate_id' },
    ],
    ['a step called like an end', { 'steps.7.id': 'done' }, { path: 'steps[7].id', code: 'reserved_id' }],
    [
      'a reason without a handover',
      { 'steps.5.replies.2.next': 'restart' },
      { path: 'steps[5].replies[2].reason', code: 'needless' },
    ],
    ['an end that leads to no flow', { 'steps.7.flow': undefined }, { path: 'steps[7].flow', code: 'missing' }],
    ['an answer without words', { 'steps.1.say': undefined }, { path: 'steps[1].say', code: 'missing' }],
    [
      'an unknown slot',
      { 'steps.3.slot': 'environment.devise' },
      {
        path: 'steps[3].slot',
        code: 'unknown_slot',
        params: { slot: 'environment.devise', suggestion: 'environment.device' },
      },
    ],
    [
      'a value that the slot cannot have',
      { 'steps.4.cases.0.is': ['phone', 'fridge'] },
      { path: 'steps[4].cases[0].is', code: 'bad_slot_value', params: { slot: 'environment.device', value: 'fridge' } },
    ],
    [
      'an effect on an unknown slot',
      { 'steps.6.set': { plan: 'x' } },
      { path: 'steps[6].set.plan', code: 'unknown_slot' },
    ],
    [
      'a placeholder that is not declared',
      { placeholders: ['incident'] },
      { path: 'steps[2].say.en', code: 'undeclared_placeholder', params: { name: 'brand' } },
    ],
    [
      'a placeholder that nobody fills',
      { placeholders: ['brand', 'incident', 'incidentUrll'] },
      {
        path: 'placeholders[2]',
        code: 'unknown_placeholder',
        params: { name: 'incidentUrll', suggestion: 'incidentUrl' },
      },
    ],
  ])('%s', (_name, changes, problem) => {
    expect(problemsOf(changes)).toContainEqual(expect.objectContaining(deep(problem)))
  })
})

const deep = (problem: object): object =>
  'params' in problem ? { ...problem, params: expect.objectContaining(problem.params as object) } : problem

describe('a problem of the way', () => {
  test('a step that nothing leads to', () => {
    expect(problemsOf({ 'steps.0.outcomes.open': 'hello' })).toEqual([
      { path: 'steps[1]', code: 'unreachable', params: { step: 'known' } },
    ])
  })

  test('steps that can never end', () => {
    const replies = [
      { id: 'again', label: sample.title, outcome: 'not_fixed', next: 'plug' },
      { id: 'still-fails', next: 'restart' },
    ]
    const problems = problemsOf({ 'steps.6.replies': replies, 'steps.5.replies': ['still-fails'] })
    expect(problems.filter(({ code }) => code === 'never_ends').map(({ path }) => path)).toEqual([
      'steps[5]',
      'steps[6]',
    ])
  })

  test('steps that go round without anybody', () => {
    const problems = problemsOf({ 'steps.4.otherwise': 'hello' })
    expect(problems.filter(({ code }) => code === 'silent_cycle').map(({ path }) => path)).toEqual([
      'steps[2]',
      'steps[3]',
      'steps[4]',
    ])
  })

  test('going round with somebody’s reply is allowed', () => expect(validateFlow(sample)).toEqual([]))
})

test('what a visitor sees may not depend on whether they are a member', () => {
  const check = {
    id: 'look',
    kind: 'check',
    check: 'membership',
    outcomes: {
      member: { next: 'hello', note: sample.title },
      inactive: { next: 'hello', say: sample.title },
      invited: 'known',
      'domain-changed': 'hello',
      'not-member': 'hello',
      unknown: 'hello',
    },
  }
  expect(problemsOf({ 'steps.0': check })).toEqual([
    { path: 'steps[0].outcomes.inactive', code: 'tells_membership', params: { outcome: 'inactive' } },
    { path: 'steps[0].outcomes.invited', code: 'tells_membership', params: { outcome: 'invited' } },
  ])
})

test('flows that lead on to one another have to be there', () => {
  expect(validateFlows([sampleFlow])).toEqual([
    { flowId: 'printer', path: 'steps[7].flow', code: 'unknown_flow', params: { flow: 'phones' } },
  ])
  expect(validateFlows([sampleFlow, { ...sampleFlow, id: 'phones' }])).toEqual([])
})

test('anything that is not a flow is refused without throwing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (input) => validateFlow(input).length > 0),
    { seed: 4 },
  )
  expect(() => parseFlow(null)).toThrow('flow.invalid')
})

test('a flow with any place replaced by anything is judged without throwing', () => {
  const paths = pathsOf(sample)
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const copy: Spoilt = JSON.parse(JSON.stringify(sample))
      put(copy, path, value)
      for (const problem of validateFlow(copy)) expect(problem.code).toMatch(/^[a-z_]+$/)
    }),
    { seed: 4, numRuns: 200 },
  )
})

function pathsOf(part: unknown, at: string[] = []): string[][] {
  if (typeof part !== 'object' || part === null) return at.length > 0 ? [at] : []
  const own = at.length > 0 ? [at] : []
  return [...own, ...Object.entries(part).flatMap(([key, value]) => pathsOf(value, [...at, key]))]
}
