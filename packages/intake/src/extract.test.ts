import { describe, expect, test } from 'vitest'
import { classifyProblem } from './classify.ts'
import { english, type FlatKey, greek, greeklish, type LabelledMessage } from './extract.messages.ts'
import { extractFacts } from './extract.ts'
import { unseen } from './extract.unseen.ts'
import { currentValues, type Fact } from './facts.ts'

const now = new Date('2026-11-24T08:06:00Z')

const extract = ({ text, locale, zone }: Pick<LabelledMessage, 'text' | 'locale' | 'zone'>): Fact[] =>
  extractFacts(text, { locale, now, ...(zone ? { zone } : {}) })

function flatten(facts: readonly Fact[]): Partial<Record<FlatKey, unknown>> {
  const { account, environment, request_ids, timestamps, workspace, assistant_id, policy_message, steps } =
    currentValues(facts)
  const all = {
    ...account,
    ...environment,
    ...workspace,
    requestIds: request_ids?.requestIds,
    completionIds: request_ids?.completionIds,
    utc: timestamps?.utc,
    zone: timestamps?.zone,
    unclear: timestamps?.unclear,
    assistantId: assistant_id?.id,
    policy: policy_message?.message,
    steps: steps?.items,
  }
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}

describe.each([
  ['English', english],
  ['Greek', greek],
  ['Greeklish', greeklish],
])('%s', (_language, messages) => {
  test.each(messages)('reads exactly what is said in: $text', (message) => {
    expect(flatten(extract(message))).toEqual(message.finds)
  })

  test.each(messages.filter(({ kind }) => kind))('knows the kind of problem in: $text', ({ text, locale, kind }) => {
    expect(classifyProblem(text, locale).kind).toBe(kind)
  })
})

test('Greek without accents, or in capitals, is read just the same', () => {
  for (const message of greek) {
    const bare = message.text
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .normalize('NFC')
    const { policy: _message, steps: _items, ...expected } = message.finds
    const { policy: _read, steps: _list, ...found } = flatten(extract({ ...message, text: bare }))
    expect(found, bare).toEqual(expected)
    const kind = classifyProblem(message.text, 'el').kind
    expect(classifyProblem(message.text.toUpperCase(), 'el').kind, message.text).toBe(kind)
  }
})

test('every quote is found word for word in the message', () => {
  for (const message of [...english, ...greek, ...greeklish, ...unseen]) {
    for (const fact of extract(message)) {
      if (fact.field === 'problem' || fact.quote === undefined) continue
      expect(message.text).toContain(fact.quote)
    }
  }
})

test('on messages written after the rules, precision and recall stay above nine in ten', () => {
  const counts = unseen.map((message) => compare(flatten(extract(message)), message.finds))
  const sum = (part: keyof (typeof counts)[number]): number => counts.reduce((total, count) => total + count[part], 0)
  const [precision, recall] = [sum('right') / sum('found'), sum('right') / sum('expected')]
  const kinds = unseen.filter(({ kind }) => kind)
  const known = kinds.filter(({ text, locale, kind }) => classifyProblem(text, locale).kind === kind)
  console.info(
    `unseen: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, kind ${known.length}/${kinds.length}`,
  )
  expect(precision).toBeGreaterThanOrEqual(0.9)
  expect(recall).toBeGreaterThanOrEqual(0.9)
  expect(known.length / kinds.length).toBeGreaterThanOrEqual(0.85)
})

type Flat = Partial<Record<FlatKey, unknown>>

function compare(found: Flat, expected: Flat): { right: number; found: number; expected: number } {
  const right = Object.entries(found).filter(
    ([key, value]) => JSON.stringify(value) === JSON.stringify(expected[key as FlatKey]),
  )
  return { right: right.length, found: Object.keys(found).length, expected: Object.keys(expected).length }
}
