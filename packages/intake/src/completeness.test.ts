import { describe, expect, test } from 'vitest'
import { completeness, nextQuestion } from './completeness.ts'
import { caseFields, currentValues, type Fact, latestFact } from './facts.ts'
import { fieldNeeds, harImportance, problemKinds } from './problem-kinds.ts'

const at = (minute: number): string => `2026-11-24T08:${String(minute).padStart(2, '0')}:00.000Z`
const problem: Fact = { field: 'problem', value: { text: 'Upload fails' }, source: 'contact', at: at(0) }
const account: Fact = { field: 'account', value: { email: 'a@b.example' }, source: 'contact', at: at(1) }
const vagueTime: Fact = {
  field: 'timestamps',
  value: { said: 'yesterday at 5pm', unclear: 'zone' },
  source: 'contact',
  at: at(2),
}
const exactTime: Fact = {
  field: 'timestamps',
  value: { said: 'yesterday at 5pm', utc: '2026-11-23T15:00:00.000Z', zone: 'Europe/Athens' },
  source: 'contact',
  at: at(3),
}

describe('completeness', () => {
  test.each(problemKinds)('every field of a %s case is given, missing or not needed, exactly once', (kind) => {
    const { given, missing, notNeeded } = completeness(kind, [problem])
    expect([...given, ...missing.map(({ field }) => field), ...notNeeded].sort()).toEqual([...caseFields].sort())
  })

  test.each(problemKinds)('a %s case is at 0 with nothing and at 100 with everything', (kind) => {
    expect(completeness(kind, []).score).toBe(0)
    expect(completeness(kind, everything).score).toBe(100)
  })

  test('an API error needs the request id and the time', () => {
    const needed = fieldNeeds('api_error').filter(({ importance }) => importance === 'needed')
    expect(needed.map(({ field }) => field)).toEqual(['problem', 'request_ids', 'timestamps'])
  })

  test('a billing question needs email and plan and no HAR', () => {
    const { missing } = completeness('billing', [problem, account])
    expect(missing[0]).toEqual({ field: 'account', importance: 'needed', part: 'plan' })
    expect(harImportance('billing')).toBe('not_needed')
  })

  test('a time without its zone is half known', () => {
    const before = completeness('upload', [problem, vagueTime])
    const after = completeness('upload', [problem, vagueTime, exactTime])
    expect(before.missing).toContainEqual({ field: 'timestamps', importance: 'needed', part: 'zone' })
    expect(after.given).toContain('timestamps')
    expect(after.score).toBeGreaterThan(before.score)
  })

  test('the desktop app needs no browser', () => {
    const app: Fact = {
      field: 'environment',
      value: { device: 'desktop_app', os: 'Windows' },
      source: 'contact',
      at: at(1),
    }
    expect(completeness('upload', [app]).given).toContain('environment')
  })

  test('an empty list of ids is not a given field', () => {
    const empty: Fact = { field: 'request_ids', value: { requestIds: [], completionIds: [] }, source: 'har', at: at(1) }
    expect(completeness('api_error', [empty]).given).not.toContain('request_ids')
  })

  test('adding a fact never lowers the score', () => {
    for (const kind of problemKinds) {
      let last = 0
      for (let count = 0; count <= everything.length; count++) {
        const { score } = completeness(kind, everything.slice(0, count))
        expect(score).toBeGreaterThanOrEqual(last)
        last = score
      }
    }
  })
})

describe('nextQuestion', () => {
  test('asks for what is needed first', () => {
    expect(nextQuestion('upload', [problem])).toEqual({ field: 'timestamps', importance: 'needed', part: 'all' })
  })

  test('asks only for the missing part', () => {
    expect(nextQuestion('upload', [problem, vagueTime])?.part).toBe('zone')
  })

  test('never asks the same thing twice', () => {
    const asked = [{ field: 'timestamps', part: 'all' }] as const
    expect(nextQuestion('upload', [problem], { asked })?.field).toBe('environment')
  })

  test('asks for helpful fields only when told to', () => {
    const known = [problem, { ...account, value: { email: 'a@b.example', plan: 'team' } } satisfies Fact]
    expect(nextQuestion('billing', known)).toBeUndefined()
    expect(nextQuestion('billing', known, { includeHelpful: true })?.importance).toBe('helpful')
  })

  test('a conversation that answers every question comes to an end', () => {
    for (const kind of problemKinds) {
      const facts: Fact[] = []
      for (let turn = 0; turn <= caseFields.length; turn++) {
        const question = nextQuestion(kind, facts, { includeHelpful: true })
        if (!question) break
        facts.push(...everything.filter(({ field }) => field === question.field))
      }
      expect(nextQuestion(kind, facts, { includeHelpful: true })).toBeUndefined()
    }
  })
})

describe('current values', () => {
  test('a later correction supersedes and the history stays', () => {
    const corrected: Fact = { field: 'account', value: { email: 'new@b.example' }, source: 'contact', at: at(9) }
    const facts = [corrected, account]
    expect(currentValues(facts).account).toEqual({ email: 'new@b.example' })
    expect(latestFact(facts, 'account')).toBe(corrected)
    expect(facts).toHaveLength(2)
  })

  test('what the browser reports never overwrites what the person said', () => {
    const said: Fact = { field: 'environment', value: { browser: 'Firefox' }, source: 'contact', at: at(1) }
    const read: Fact = {
      field: 'environment',
      value: { browser: 'Chrome', os: 'Windows' },
      source: 'browser',
      at: at(5),
    }
    expect(currentValues([said, read]).environment).toEqual({ browser: 'Firefox', os: 'Windows' })
  })

  test('request ids from several messages add up', () => {
    const ids = (id: string, minute: number): Fact => ({
      field: 'request_ids',
      value: { requestIds: [id], completionIds: [] },
      source: 'contact',
      at: at(minute),
    })
    expect(currentValues([ids('req_11111111', 1), ids('req_22222222', 2), ids('req_11111111', 3)]).request_ids).toEqual(
      {
        requestIds: ['req_11111111', 'req_22222222'],
        completionIds: [],
      },
    )
  })

  test('a moment once cleared up is not unclear any more', () => {
    expect(currentValues([vagueTime, exactTime]).timestamps?.unclear).toBeUndefined()
  })
})

const everything: Fact[] = [
  problem,
  exactTime,
  { ...account, value: { email: 'a@b.example', plan: 'team' } },
  { field: 'steps', value: { items: ['one', 'two'] }, source: 'contact', at: at(4) },
  { field: 'request_ids', value: { requestIds: ['req_12345678'], completionIds: [] }, source: 'har', at: at(4) },
  { field: 'visuals', value: { attachmentIds: ['file-1'], snippets: [] }, source: 'contact', at: at(4) },
  { field: 'environment', value: { browser: 'Firefox', os: 'Windows' }, source: 'browser', at: at(4) },
  { field: 'workspace', value: { organisationId: 'org-12345678' }, source: 'contact', at: at(4) },
  { field: 'assistant_id', value: { id: 'g-12345678' }, source: 'contact', at: at(4) },
  { field: 'policy_message', value: { message: 'Flagged.' }, source: 'contact', at: at(4) },
]
