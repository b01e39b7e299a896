import { maskSecretsInMessage } from '@clew/redact'
import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyProblem } from './classify.ts'
import { extractFacts } from './extract.ts'

const now = new Date('2026-11-24T08:06:00Z')
const read = (text: string) => extractFacts(text, { locale: 'el', now, zone: 'Europe/Athens' })

describe('hostile input', () => {
  test.each<[what: string, make: (size: number) => string]>([
    ['one long word', (size) => 'a'.repeat(size)],
    ['dots', (size) => '.'.repeat(size)],
    ['an endless address', (size) => `${'a.'.repeat(size / 4)}@${'b.'.repeat(size / 4)}`],
    ['at signs', (size) => 'a@'.repeat(size / 2)],
    ['digits', (size) => '1'.repeat(size)],
    ['times', (size) => '9:48 '.repeat(size / 5)],
    ['ids', (size) => 'req_'.repeat(size / 4)],
    ['open quotes', (size) => '«'.repeat(size)],
    ['spaces', (size) => ' '.repeat(size)],
    ['numbered lines', (size) => '1. x\n'.repeat(size / 5)],
    ['combining marks', (size) => `α${'\u0301'.repeat(size)}`],
    ['plan words', (size) => 'plan is the '.repeat(size / 12)],
    ['zones', (size) => 'utc+'.repeat(size / 4)],
    ['prepositions', (size) => 'on on '.repeat(size / 6)],
    ['articles', (size) => 'wifi του το '.repeat(size / 12)],
    ['codes told of', (size) => 'code you they that '.repeat(size / 19)],
    ['passwords without end', (size) => 'password '.repeat(size / 9)],
    ['pairs', (size) => 'login a / '.repeat(size / 10)],
    ['addresses', (size) => 'a://b:'.repeat(size / 6)],
    ['commands', (size) => ' -u a:'.repeat(size / 6)],
    ['fences', (size) => '```x\n'.repeat(size / 5)],
    ['trace lines', (size) => '  at x\n'.repeat(size / 7)],
    ['letters of many sounds', (size) => 'xhubxhub '.repeat(size / 9)],
    ['capitals', (size) => 'Workspace Ab '.repeat(size / 13)],
    ['moments', (size) => '2026-01-01T10:00 '.repeat(size / 17)],
    ['tunnels', (size) => 'no vpn or '.repeat(size / 10)],
    ['deadlines', (size) => 'we need it by 9:48, '.repeat(size / 20)],
    ['impossible days', (size) => '31/02/2026 25:99 '.repeat(size / 17)],
    ['sentences about passwords', (size) => 'password is given is taken, kwdikos einai energos '.repeat(size / 50)],
    ['what works elsewhere', (size) => 'hotspot of my phone it went up '.repeat(size / 31)],
    ['hyphens', (size) => 'a-'.repeat(size / 2)],
  ])('is read in time linear in its length: %s', async (_name, make) => {
    // As much as is read of a message, and as much of it as is classified.
    expect(await growth(read, make, { from: 5_000, factor: 4 })).toBeLessThan(8)
    expect(await growth((text) => classifyProblem(text, 'en'), make, { from: 2_000, factor: 4 })).toBeLessThan(8)
  })

  test('however long a message is, only so much of it is read', async () => {
    const both = (text: string) => [read(text), classifyProblem(text, 'en')]
    const times = { from: 20_000, factor: 16, enough: 4 }
    expect(await growth(both, (size) => 'req_ 9:48 '.repeat(size / 10), times)).toBeLessThan(4)
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
