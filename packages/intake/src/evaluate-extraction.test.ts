import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { freshMessages } from './evaluate-extraction.messages.ts'
import {
  type EvaluatedMessage,
  type Extracted,
  type ExtractedField,
  extractConversation,
  extractedFields,
  extractedOf,
  f1Of,
  judgeExtraction,
  type Verdict,
} from './evaluate-extraction.ts'
import { extractFacts } from './extract.ts'
import { type Perturbation, perturb, perturbations } from './perturb.ts'

type Labelled = EvaluatedMessage & { extracted?: Extracted; optional?: string[] }

const tuning = readFileSync(new URL('../../../apps/server/evaluation/messages.tuning.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): Labelled => {
    const { expect: label, ...message } = JSON.parse(line) as EvaluatedMessage & {
      expect: { extracted?: Extracted; optional?: string[] }
    }
    return { ...message, ...label }
  })

/** As written, each message is asked for again with every way of writing it. */
const judged = new WeakMap<Labelled, ReturnType<typeof judgeExtraction>>()

function judge(message: Labelled): ReturnType<typeof judgeExtraction> {
  const known = judged.get(message)
  if (known !== undefined) return known
  const verdict = judgeExtraction(message.extracted ?? {}, message.optional ?? [], extractConversation(message))
  judged.set(message, verdict)
  return verdict
}

function judgeAll(messages: readonly Labelled[]): Map<ExtractedField, Verdict[]> {
  const all = new Map<ExtractedField, Verdict[]>(extractedFields.map((field) => [field, []]))
  for (const message of messages) {
    const verdict = judge(message)
    for (const field of extractedFields) all.get(field)?.push(verdict[field])
  }
  return all
}

const microOf = (messages: readonly Labelled[]): number => f1Of([...judgeAll(messages).values()].flat())

const sets: [string, readonly Labelled[]][] = [
  ['the labelled messages for tuning', tuning],
  ['our own further messages', freshMessages],
]

describe.each(sets)('%s', (_name, messages) => {
  test('every field is read with an F1 of at least .9', () => {
    for (const [field, verdicts] of judgeAll(messages)) expect(f1Of(verdicts), field).toBeGreaterThanOrEqual(0.9)
  })

  test.each(perturbations)('%s cost at most eight points', (how) => {
    const some = messages.filter(({ message }) => !how.startsWith('greeklish') || /\p{Script=Greek}/u.test(message))
    const loss = microOf(some) - microOf(some.map((message, index) => written(message, how, index + 7)))
    expect(loss).toBeLessThanOrEqual(0.08)
  })
})

/** The message in another way, except for what the label quotes with its capitals. */
function written(message: Labelled, how: Perturbation, seed: number): Labelled {
  const kept = Object.values(message.extracted ?? {})
    .flat()
    .filter((value): value is string => typeof value === 'string' && /\p{Lu}/u.test(value))
  const change = (text: string): string => perturb(text, how, { kept, seed })
  const history = message.context.history?.map((turn) =>
    turn.from === 'contact' ? { ...turn, text: change(turn.text) } : turn,
  )
  return {
    ...message,
    message: change(message.message),
    context: { ...message.context, ...(history ? { history } : {}) },
  }
}

describe('the judge', () => {
  const told = (field: ExtractedField, expected: Extracted, got: Extracted): string => {
    const { tp, fp, fn } = judgeExtraction(expected, [], got)[field]
    return `${tp} right, ${fp} wrong, ${fn} missed`
  }

  test.each<[string, ExtractedField, Extracted, Extracted, string]>([
    [
      'a version behind a name',
      'browser',
      { browser: 'firefox' },
      { browser: 'Firefox 145' },
      '1 right, 0 wrong, 0 missed',
    ],
    ['a field that is not listed', 'plan', {}, { plan: 'team' }, '0 right, 1 wrong, 0 missed'],
    [
      'more networks than listed',
      'network',
      { network: 'home' },
      { network: 'home, no-vpn' },
      '1 right, 0 wrong, 0 missed',
    ],
    ['fewer networks', 'network', { network: 'home, no-vpn' }, { network: 'home' }, '0 right, 1 wrong, 1 missed'],
    [
      'another order of ids',
      'request_ids',
      { request_ids: ['a', 'b'] },
      { request_ids: ['b', 'a'] },
      '2 right, 0 wrong, 0 missed',
    ],
    [
      'the whole link',
      'custom_gpt',
      { custom_gpt: ['g-Ab12Cd34'] },
      { custom_gpt: ['https://x.example/g/g-Ab12Cd34-name'] },
      '1 right, 0 wrong, 0 missed',
    ],
    [
      'a key for a token',
      'secrets',
      { secrets: [{ kind: 'api_key' }] },
      { secrets: [{ kind: 'token' }] },
      '1 right, 0 wrong, 0 missed',
    ],
    [
      'quotation marks',
      'policy_message',
      { policy_message: 'Not allowed' },
      { policy_message: '«Not allowed»' },
      '1 right, 0 wrong, 0 missed',
    ],
    [
      'another zone with the same offset',
      'timestamps',
      { timestamps: [{ iso: '2026-06-01T10:00:00Z', zone: 'Europe/Athens' }] },
      { timestamps: [{ iso: '2026-06-01T10:00:30.000Z', zone: 'Europe/Sofia' }] },
      '1 right, 0 wrong, 0 missed',
    ],
    [
      'a zone with another offset',
      'timestamps',
      { timestamps: [{ iso: '2026-06-01T10:00:00Z', zone: 'Europe/Athens' }] },
      { timestamps: [{ iso: '2026-06-01T10:00:00Z', zone: 'Europe/Berlin' }] },
      '0 right, 1 wrong, 1 missed',
    ],
    [
      'a day left out',
      'timestamps',
      { timestamps: [{ iso: '2026-06-03', zone: null }] },
      {},
      '0 right, 0 wrong, 0 missed',
    ],
    [
      'another day',
      'timestamps',
      { timestamps: [{ iso: '2026-06-03', zone: null }] },
      { timestamps: [{ iso: '2026-06-04', zone: null }] },
      '0 right, 1 wrong, 0 missed',
    ],
  ])('%s', (_what, field, expected, got, verdict) => {
    expect(told(field, expected, got)).toBe(verdict)
  })

  test('an optional field is not judged', () => {
    expect(judgeExtraction({}, ['plan'], { plan: 'team' }).plan).toEqual({ tp: 0, fp: 0, fn: 0 })
  })

  test('nothing told, nothing in the answer', () => {
    expect(extractedOf([])).toEqual({})
  })
})

test('every fact that is read says how sure it is, and less so where a word was misspelt', () => {
  const read = (text: string) => extractFacts(text, { locale: 'en', now: new Date('2026-10-06T12:00:00Z') })
  for (const message of freshMessages) {
    for (const { confidence } of read(message.message)) {
      expect(confidence).toBeGreaterThan(0)
      expect(confidence).toBeLessThanOrEqual(1)
    }
  }
  const sureOf = (text: string) => read(text).find(({ field }) => field === 'environment')?.confidence ?? 0
  expect(sureOf('it fails in fierfox')).toBeLessThan(sureOf('it fails in firefox'))
})

test('code and console output keep their form', () => {
  const text = 'This is it:\n```\nif (a) {\n    send( b )\n}\n```\nand nothing comes back'
  const facts = extractFacts(text, { locale: 'en', now: new Date('2026-10-06T12:00:00Z') })
  expect(facts.find(({ field }) => field === 'visuals')?.value).toEqual({
    attachmentIds: [],
    snippets: ['if (a) {\n    send( b )\n}'],
  })
})
