import { describe, expect, test } from 'vitest'
import { completeness, nextQuestion, whatRaisesMost } from './completeness.ts'
import { caseFields, currentValues, type Fact, historyOf, latestFact, standingFacts } from './facts.ts'
import { fieldNeeds, harImportance, problemKinds, reasonFor, reasons } from './problem-kinds.ts'

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

  test('a network alone says nothing of the browser and the system', () => {
    const office: Fact = { field: 'environment', value: { network: 'corporate' }, source: 'contact', at: at(1) }
    const { given, missing } = completeness('upload', [office])
    expect(given).not.toContain('environment')
    expect(missing).toContainEqual({ field: 'environment', importance: 'needed', part: 'browser' })
  })

  test.each([
    ['31/02/2026 25:99', 'date'],
    ['28/11/2026 25:99', 'time'],
  ] as const)('a moment that cannot be, typed into a field, is asked again: %s', (said, part) => {
    const typed: Fact = { field: 'timestamps', value: { said, zone: 'Europe/Athens' }, source: 'contact', at: at(2) }
    const asked = [{ field: 'timestamps', part: 'all' }] as const
    expect(completeness('upload', [problem, typed]).given).not.toContain('timestamps')
    expect(currentValues([typed]).timestamps).toEqual({ said, zone: 'Europe/Athens', unclear: part })
    expect(nextQuestion('upload', [problem, typed], { asked })).toMatchObject({ field: 'timestamps', part })
    expect(completeness('upload', [problem, typed, exactTime]).given).toContain('timestamps')
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

describe('what raises the score most', () => {
  test('a needed field before a helpful one, with its gain and its reason', () => {
    const raise = whatRaisesMost('api_error', [problem])
    expect(raise).toMatchObject({ field: 'request_ids', part: 'all', reason: 'intake.why_request_ids' })
    const { score } = completeness('api_error', [problem])
    const ids: Fact = {
      field: 'request_ids',
      value: { requestIds: ['req_12345678'], completionIds: [] },
      source: 'contact',
      at: at(1),
    }
    expect(score + (raise?.gain ?? 0)).toBe(completeness('api_error', [problem, ids]).score)
  })

  test('a field of which half is known counts for what is left of it', () => {
    const known = [problem, vagueTime, ...everything.filter(({ field }) => field === 'environment')]
    expect(whatRaisesMost('upload', known)).toMatchObject({ field: 'timestamps', part: 'zone' })
  })

  test.each(problemKinds)('step by step it leads a %s case to 100', (kind) => {
    const facts: Fact[] = []
    for (let step = 0; step <= caseFields.length; step++) {
      const raise = whatRaisesMost(kind, facts)
      if (!raise) break
      expect(raise.gain).toBeGreaterThan(0)
      facts.push(...everything.filter(({ field }) => field === raise.field))
    }
    expect(completeness(kind, facts).score).toBe(100)
  })

  test.each(problemKinds)('every field that a %s case asks for has a reason, and no other', (kind) => {
    for (const field of caseFields) {
      const isAsked = fieldNeeds(kind).some((need) => need.field === field)
      expect(reasonFor(kind, field) !== undefined).toBe(isAsked)
    }
  })

  test('every reason is given somewhere', () => {
    const given = new Set(problemKinds.flatMap((kind) => fieldNeeds(kind).map(({ reason }) => reason)))
    expect([...given].sort()).toEqual([...reasons].sort())
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

  test('history tells what was believed before, and when, but not what was only added to', () => {
    const plan: Fact = { field: 'account', value: { plan: 'team' }, source: 'contact', at: at(2) }
    const corrected: Fact = { field: 'account', value: { email: 'new@b.example' }, source: 'contact', at: at(9) }
    expect(historyOf([account, plan], 'account')).toEqual([])
    expect(historyOf([account, plan, corrected], 'account')).toEqual([
      { value: { email: 'a@b.example', plan: 'team' }, at: at(2) },
    ])
  })

  test('a correction takes the place of a list, where more of the same would join it', () => {
    const ids = (id: string, minute: number): Fact => ({
      field: 'request_ids',
      value: { requestIds: [id], completionIds: [] },
      source: 'contact',
      at: at(minute),
    })
    const facts: Fact[] = [ids('req_11111111', 1), { ...ids('req_22222222', 2), corrects: true }]
    expect(currentValues(facts).request_ids?.requestIds).toEqual(['req_22222222'])
    expect(standingFacts(facts)).toHaveLength(1)
  })

  test('another browser does not keep the version of the one before', () => {
    const said: Fact[] = [
      { field: 'environment', value: { browser: 'Chrome', browserVersion: '141' }, source: 'contact', at: at(1) },
      { field: 'environment', value: { browser: 'Firefox' }, source: 'contact', at: at(2) },
    ]
    expect(currentValues(said).environment).toEqual({ browser: 'Firefox' })
  })

  test('of two moments in one message the first is that of the case', () => {
    const two = [10, 30].map(
      (minute): Fact => ({
        field: 'timestamps',
        value: { said: `9:${minute}`, utc: at(minute), zone: 'UTC' },
        source: 'contact',
        at: at(40),
        quote: `9:${minute}`,
      }),
    )
    expect(currentValues(two).timestamps?.utc).toBe(at(10))
    expect(latestFact(two, 'timestamps')?.quote).toBe('9:10')
    expect(standingFacts(two)).toHaveLength(2)
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
