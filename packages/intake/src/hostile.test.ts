import { maskSecretsInMessage } from '@clew/redact'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyProblem } from './classify.ts'
import { extractFacts } from './extract.ts'

const now = new Date('2026-11-24T08:06:00Z')
const read = (text: string) => extractFacts(text, { locale: 'el', now, zone: 'Europe/Athens' })

describe('hostile input', () => {
  test.each([
    ['one long word', 'a'.repeat(60_000)],
    ['dots', '.'.repeat(60_000)],
    ['an endless address', `${'a.'.repeat(20_000)}@${'b.'.repeat(20_000)}`],
    ['at signs', 'a@'.repeat(30_000)],
    ['digits', '1'.repeat(60_000)],
    ['times', '9:48 '.repeat(12_000)],
    ['ids', 'req_'.repeat(15_000)],
    ['open quotes', '«'.repeat(60_000)],
    ['spaces', ' '.repeat(60_000)],
    ['numbered lines', '1. x\n'.repeat(12_000)],
    ['combining marks', `α${'\u0301'.repeat(60_000)}`],
    ['plan words', 'plan is the '.repeat(6_000)],
    ['zones', 'utc+'.repeat(15_000)],
    ['prepositions', 'on on '.repeat(10_000)],
    ['articles', 'wifi του το '.repeat(5_000)],
    ['codes told of', 'code you they that '.repeat(3_000)],
    ['passwords without end', 'password '.repeat(7_000)],
    ['pairs', 'login a / '.repeat(6_000)],
    ['addresses', 'a://b:'.repeat(10_000)],
    ['commands', ' -u a:'.repeat(9_000)],
    ['fences', '```x\n'.repeat(12_000)],
    ['trace lines', '  at x\n'.repeat(8_000)],
    ['letters of many sounds', 'xhubxhub '.repeat(7_000)],
    ['capitals', 'Workspace Ab '.repeat(5_000)],
    ['moments', '2026-01-01T10:00 '.repeat(3_500)],
    ['tunnels', 'no vpn or '.repeat(6_000)],
    ['deadlines', 'we need it by 9:48, '.repeat(3_000)],
    ['impossible days', '31/02/2026 25:99 '.repeat(3_500)],
    ['sentences about passwords', 'password is given is taken, kwdikos einai energos '.repeat(1_200)],
    ['what works elsewhere', 'hotspot of my phone it went up '.repeat(2_000)],
    ['hyphens', 'a-'.repeat(30_000)],
  ])('is read in time linear in its length: %s', (_name, text) => {
    const started = performance.now()
    read(text)
    classifyProblem(text, 'en')
    expect(performance.now() - started).toBeLessThan(1_500)
  })

  test('any text at all is read without throwing, and quoted exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const kept = [text, maskSecretsInMessage(text).text]
        for (const { quote = '' } of read(text)) expect(kept.some((version) => version.includes(quote))).toBe(true)
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  test('a secret in the words of a person never becomes part of a fact', () => {
    const text =
      'I cannot log in, my password is hunter2Xy\n1. type hunter2Xy, password: hunter2Xy\n2. use sk-live-abcdEFGH1234567890abcd'
    const kept = JSON.stringify(read(text))
    expect(kept).not.toContain('sk-live-abcdEFGH1234567890abcd')
    expect(kept).not.toContain('password is hunter2Xy')
    expect(kept).toContain('I cannot log in')
  })

  test('reading twice gives the same facts', () => {
    const text = 'req_7Kd93hVbQq σήμερα στις 9:48 με VPN, me@x.example'
    expect(read(text)).toEqual(read(text))
  })
})
