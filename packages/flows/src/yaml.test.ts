import { growth } from '@clew/testkit/growth'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from './limits.ts'
import { randomFlow } from './testing/random-flow.ts'
import { sampleFlow } from './testing/sample-flow.ts'
import { printFlow, readFlow } from './yaml.ts'

const written = printFlow(sampleFlow)

test('reading what was written gives the same flow, and writing it again the same text', () => {
  expect(readFlow(written)).toEqual({ flow: sampleFlow, problems: [] })
  fc.assert(
    fc.property(randomFlow, (flow) => {
      const text = printFlow(flow)
      const read = readFlow(text)
      expect(read).toEqual({ flow, problems: [] })
      expect(read.flow && printFlow(read.flow)).toBe(text)
    }),
    { seed: 4, numRuns: 40 },
  )
})

test('texts that look like something else come back as they are', () => {
  const title = { en: 'yes: #1 {x} "quoted" \\n', el: '- ναι\n\nκαι μια δεύτερη παράγραφος: 1.0 | > * & ! %' }
  const flow = { ...sampleFlow, title }
  expect(readFlow(printFlow({ ...flow, title: { ...title, en: 'null' } })).flow?.title.en).toBe('null')
  expect(readFlow(printFlow(flow)).problems).toMatchObject([{ code: 'undeclared_placeholder', path: 'title.en' }])
  const plain = { ...title, en: title.en.replace('{x}', '') }
  expect(readFlow(printFlow({ ...flow, title: plain })).flow?.title).toEqual(plain)
})

describe('a problem has its line and column', () => {
  const lineOf = (text: string, part: string): { line: number; column: number } => {
    const index = text.indexOf(part)
    const before = text.slice(0, index).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }

  test('of a value', () => {
    const text = written.replace('next: restart', 'next: restrat')
    expect(readFlow(text).problems).toEqual([
      {
        path: 'steps[5].next',
        code: 'unknown_step',
        params: { step: 'restrat', suggestion: 'restart' },
        ...lineOf(text, 'restrat'),
      },
    ])
  })

  test('of a key', () => {
    const text = written.replace('minutes: 1', 'minuts: 1')
    expect(readFlow(text).problems).toMatchObject([
      { path: 'steps[5].minuts', code: 'unknown_key', ...lineOf(text, 'minuts') },
    ])
  })

  test('of something that is not there, where it should be', () => {
    const text = written.replace(/\n {4}kind: say/, '')
    expect(readFlow(text).problems).toMatchObject([
      { path: 'steps[2].kind', code: 'missing', ...lineOf(text, 'id: hello') },
    ])
  })

  test('of a syntax error', () => {
    expect(readFlow('id: x\nversion: [1\nsteps: ]').problems[0]).toMatchObject({
      code: 'yaml_syntax',
      line: expect.any(Number),
    })
  })
})

const laughs = `a: &a [x, x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [*${'abcdefghi'[index]}, *${'abcdefghi'[index]}]`)
  .join('\n')}\n`

describe('hostile YAML is refused by name', () => {
  test.each<[string, string, string]>([
    ['a billion laughs', laughs, 'yaml_alias'],
    ['one alias', `id: &x y\nversion: *x`, 'yaml_alias'],
    ['a merge key', `base: &b {a: 1}\nid:\n  <<: *b`, 'yaml_alias'],
    ['more bytes than allowed', `id: "${'x'.repeat(limits.yamlBytes)}"`, 'yaml_too_large'],
    ['Greek bytes count twice', `id: "${'ω'.repeat(limits.yamlBytes / 2)}"`, 'yaml_too_large'],
    ['deep lists', '['.repeat(100_000), 'yaml_too_deep'],
    ['deep maps', '{a: '.repeat(50_000), 'yaml_too_deep'],
    ['deep blocks', Array.from({ length: 300 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), 'yaml_too_deep'],
    ['deep dashes', '- '.repeat(100_000), 'yaml_too_deep'],
    ['a key twice', 'id: a\nid: b', 'yaml_duplicate_key'],
    ['a hundred thousand keys', Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join('\n'), 'too_many'],
    ['a tag', 'id: !!js/function "x"', 'yaml_tag'],
    ['two documents', 'id: a\n---\nid: b', 'yaml_many_documents'],
    ['nothing', '', 'wrong_type'],
    ['a list', '- a', 'wrong_type'],
    ['a tab for indent', 'a:\n\tb: 1', 'yaml_syntax'],
    ['a mapping as a key', '{a: 1}: 2', 'yaml_syntax'],
  ])('%s', (_name, text, code) => {
    const { problems } = readFlow(text)
    expect(problems.map((problem) => problem.code)).toContain(code)
  })

  test.each<[string, (size: number) => string]>([
    ['deep lists', (size) => '['.repeat(size)],
    ['deep maps', (size) => '{a: '.repeat(size / 4)],
    ['deep dashes', (size) => '- '.repeat(size / 2)],
    ['keys', (size) => Array.from({ length: size / 10 }, (_, index) => `k${index}: 1`).join('\n')],
    ['a value', (size) => `id: "${'x'.repeat(size)}"`],
    ['tags', (size) => '!!a '.repeat(size / 4)],
    ['spaces', (size) => ' '.repeat(size)],
  ])('%s without end take the time that their length takes', async (_name, make) => {
    expect(await growth(readFlow, make, { from: 10_000, factor: 4 })).toBeLessThan(8)
  })

  test('a prototype is nothing special', () => {
    const { problems } = readFlow(written.replace('id: printer', '__proto__: {polluted: true}\nid: printer'))
    expect(problems).toMatchObject([{ code: 'unknown_key', params: { key: '__proto__' } }])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(readFlow(text).flow).toBeUndefined()
      }),
      { seed: 4, numRuns: 200 },
    )
  })

  test('a flow with any piece cut out or doubled is answered', () => {
    const place = fc.nat(written.length)
    fc.assert(
      fc.property(place, fc.nat(40), fc.boolean(), (from, length, isDoubled) => {
        const piece = written.slice(from, from + length)
        const middle = isDoubled ? piece + piece : ''
        const { flow, problems } = readFlow(written.slice(0, from) + middle + written.slice(from + length))
        expect(flow === undefined).toBe(problems.length > 0)
      }),
      { seed: 4, numRuns: 150 },
    )
  })
})
