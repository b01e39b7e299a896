import { describe, expect, test } from 'vitest'
import { analyse } from '../analyse.ts'
import { readCapture } from '../capture.ts'
import type { Finding } from '../finding.ts'
import { RULES } from '../rules.ts'
import { fill } from '../sentence.ts'
import { capture, clean, at as valueAt } from '../test-support.ts'
import { isObject, type JsonValue } from '../types.ts'
import { CAPTURE_CASES } from './capture.cases.ts'
import { HTTP_CASES } from './http.cases.ts'
import { NETWORK_CASES } from './network.cases.ts'
import { SIGN_IN_CASES } from './sign-in.cases.ts'
import { SPEED_CASES } from './speed.cases.ts'
import type { RuleCase } from './testing.ts'

const CASES = [...NETWORK_CASES, ...HTTP_CASES, ...SIGN_IN_CASES, ...SPEED_CASES, ...CAPTURE_CASES].map(
  (one): [string, RuleCase] => [one.rule, one],
)
const NEAR_MISSES = CASES.flatMap(([rule, { nearMisses, options }]) =>
  Object.entries(nearMisses).map(([what, entries]) => [rule, what, entries, options ?? {}] as const),
)

function found({ options = {}, log = {} }: RuleCase, entries: JsonValue[]): Finding[] {
  return analyse(readCapture(JSON.stringify(capture(entries, log))), options).findings
}

function theOne(ruleCase: RuleCase, entries: JsonValue[]): Finding {
  const finding = found(ruleCase, entries).find((candidate) => candidate.rule === ruleCase.rule)
  if (finding === undefined) throw new Error(`no finding ${ruleCase.rule}`)
  return finding
}

describe('each rule', () => {
  test('has a case here', () => {
    expect(CASES.map(([rule]) => rule).sort()).toEqual([...new Set(RULES.map((rule) => rule.id))].sort())
  })

  test.each(CASES)('%s is found where it is', (_, ruleCase) => {
    const { message } = theOne(ruleCase, ruleCase.shows)
    expect(message.customer.en).not.toMatch(/[{}[\]]|undefined/)
    expect(message.agent.el).not.toMatch(/[{}]|\[\[|undefined/)
  })

  test.each(NEAR_MISSES)('%s is not found in what only comes close: %s', (rule, _, entries, options) => {
    const findings = analyse(readCapture(JSON.stringify(capture(entries))), options).findings
    expect(findings.map((finding) => finding.rule)).not.toContain(rule)
  })

  const KEPT = CASES.filter(([, { lostByCleaning }]) => lostByCleaning === undefined)
  test.each(KEPT)('%s is still found after sanitising', async (rule, { shows, options, log }) => {
    const { text } = await clean(capture(shows, log ?? {}))
    expect(analyse(readCapture(text), options).findings.map((finding) => finding.rule)).toContain(rule)
  })

  test('yields only to rules that come before it', () => {
    const before = new Set<string>()
    for (const rule of RULES) {
      if ('select' in rule) for (const id of rule.yieldsTo ?? []) expect([...before], rule.id).toContain(id)
      before.add(rule.id)
    }
  })
})

describe('the sentences of each rule', () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))('%s say the same in both languages', (_, rule) => {
    for (const sentence of [rule.customer, rule.agent, ...(rule.nextStep === undefined ? [] : [rule.nextStep])]) {
      expect(sentence.el).toMatch(/[α-ω]/)
      expect(sentence.el).not.toBe(sentence.en)
      for (const count of [1, 2]) expect(names(sentence.el, count)).toEqual(names(sentence.en, count))
      for (const [, chooser] of `${sentence.en} ${sentence.el}`.matchAll(/\{(\w+)\?/g))
        expect(chooser).toMatch(/^(?:count|requestIdCount)$/)
    }
  })

  test.each(CASES.filter(([, { one }]) => one !== 'never'))('%s speak of one request as one', (rule, ruleCase) => {
    const finding = theOne(ruleCase, withIds(single(ruleCase), 1))
    expect(finding.params['count']).toBe(rule === 'capture-quality' ? 0 : 1)
    for (const text of textsOf(finding))
      for (const wrong of [ONE_OF_MANY, PLURAL_VERB, OF_SEVERAL, UNFINISHED, /ids:|Αναγνωριστικά αιτήματος:/])
        expect(text).not.toMatch(wrong)
  })

  test.each(CASES)('%s speak of several requests as several', (rule, ruleCase) => {
    const finding = theOne(ruleCase, withIds(ruleCase.shows, 3))
    if (!ALONE.has(rule)) expect(finding.params['count']).toBeGreaterThan(2)
    for (const text of textsOf(finding))
      for (const wrong of [
        ...(ALONE.has(rule) ? [] : [MANY_OF_ONE, SINGULAR_VERB]),
        UNFINISHED,
        /\bid:|Αναγνωριστικό αιτήματος:/,
      ])
        expect(text).not.toMatch(wrong)
  })
})

/** However often they are shown, these have no evidence or one piece of it. */
const ALONE = new Set(['capture-quality', 'old-browser', 'cookie-dropped', 'proxy-seen'])

/** The case with a single request as evidence. */
function single(ruleCase: RuleCase): JsonValue[] {
  if (Array.isArray(ruleCase.one)) return ruleCase.one
  const others = new Set(theOne(ruleCase, ruleCase.shows).entries.slice(1))
  return ruleCase.shows.filter((_, index) => !others.has(index))
}

function textsOf({ message, nextStep }: Finding): string[] {
  const all = [message.customer, message.agent, ...(nextStep === undefined ? [] : [nextStep])]
  return all.flatMap((sentence) => [sentence.en, sentence.el])
}

const ONE_OF_MANY = /(?<![\d.,/])1 (?:[a-z]+s\b|αιτήματα|κλήσεις|απαντήσεις|ανακατευθύνσεις|συνδέσεις|φορές)/
const MANY_OF_ONE =
  /(?<![\d.,])(?:[2-9]|\d\d+) (?:(?:request|call|answer|file|redirect|time)\b|αίτημα|κλήση|απάντηση|αρχείο|ανακατεύθυνση|φορά)/
const PLURAL_VERB = /αίτημα \S*(?:αν|ουν)(?= )|κλήση \S*(?:αν|ουν)(?= )|request (?:were|have)\b/
const SINGULAR_VERB = /αιτήματα \S{2,}(?:σε|θηκε|γε|ει)(?= )|κλήσεις \S*(?:σε|θηκε)(?= )|requests (?:was|has)\b/
const OF_SEVERAL = /\bfirst (?!byte)|(?:πρώτο|πρώτη) (?!byte)/
const UNFINISHED = /[{}]|\[\[|\]\]|undefined|NaN| {2}| [,.:;·]|\(\)/

function withIds(entries: JsonValue[], count: number): JsonValue[] {
  return Array.from({ length: count }, (_, i) =>
    entries.map((value, at) => withRequestId(value, `req_9aF3kL0pQx7Z${i}${at}`)),
  ).flat()
}

function withRequestId(value: JsonValue, id: string): JsonValue {
  const response = valueAt(value, 'response')
  if (!isObject(value) || !isObject(response)) return value
  const before = valueAt(response, 'headers')
  const headers = [...(Array.isArray(before) ? before : []), { name: 'x-request-id', value: id }]
  return { ...value, response: { ...response, headers } }
}

/** What is filled in when there are so many. */
function names(template: string, count: number): string[] {
  const within = (text: string): string[] => Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '')
  const themselves = Object.fromEntries(within(template).map((name) => [name, `{${name}}`]))
  const params = { ...themselves, count, requestIdCount: count, number: '{count}' }
  return [...new Set(within(fill(template.replaceAll('{count}', '{number}'), params, 'en')))].sort()
}
