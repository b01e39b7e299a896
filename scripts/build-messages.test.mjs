import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFormat } from '../packages/i18n/src/format.ts'
import { buildMessages } from './build-messages.mjs'

let folder
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-messages-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function build(files) {
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  return buildMessages({ from: folder, to: path.join(folder, 'generated') })
}

const problemsOf = (en, el) => {
  try {
    build({ 'a.en.json': en, 'a.el.json': el })
  } catch (error) {
    return error.problems
  }
  return []
}

async function compiled(en, el = en) {
  build({ 'a.en.json': { 'a.b': en }, 'a.el.json': { 'a.b': el } })
  const { code } = transformSync(readFileSync(path.join(folder, 'generated/a.en.ts'), 'utf8'), { loader: 'ts' })
  const file = path.join(folder, 'a.mjs')
  writeFileSync(file, code)
  const { catalogue } = await import(/* @vite-ignore */ pathToFileURL(file).href)
  const message = catalogue.messages['a.b']
  return (params) => (typeof message === 'string' ? message : message(params, createFormat('en', 'UTC')))
}

const at = new Date('2026-11-24T12:05:00Z')

test.each([
  ['quotes and braces', `It's '{x}' "so" \\`, {}, `It's {x} "so" \\`],
  ['what a template literal would read', "`$'{'n'}' ${n} \\`", { n: 'Ada' }, '`${n} $Ada \\`'],
  ['line breaks and tags', '<b>One</b>\n{n} & two', { n: '<i>' }, '<b>One</b>\n<i> & two'],
  ['exact and plural forms', '{n, plural, =0 {none} one {# file} other {# files}}', { n: 1200 }, '1,200 files'],
  [
    'a plural with an offset',
    '{n, plural, offset:1 =1 {you} one {you and # more} other {you and #}}',
    { n: 2 },
    'you and 1 more',
  ],
  [
    'a choice around a plural',
    '{who, select, me {I} other {They}} {n, plural, one {# note} other {# notes}}',
    { who: 'me', n: 1 },
    'I 1 note',
  ],
  ['number styles', '{n, number, percent} {n, number, integer} {n, number, ::.00}', { n: 0.25 }, '25% 0 0.25'],
  [
    'date and time styles',
    '{at, date, long}, {at, time, short}, {at, date, ::yMMMd}',
    { at },
    '24 November 2026, 12:05, 24 Nov 2026',
  ],
])('%s come out as a reader expects', async (_, message, params, expected) => {
  expect((await compiled(message))(params)).toBe(expected)
})

test('ordinals follow each language', async () => {
  const write = await compiled(
    '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}',
    '{n, selectordinal, other {#ος}}',
  )
  expect([1, 2, 23, 11].map((n) => write({ n }))).toEqual(['1st', '2nd', '23rd', '11th'])
})

test.each([
  ['a key that Greek lacks', { 'a.b': 'B', 'a.c': 'C' }, { 'a.b': 'Β' }, 'a.el.json: a.c is missing'],
  ['a key that English lacks', { 'a.b': 'B' }, { 'a.b': 'Β', 'a.c': 'Γ' }, 'a.en.json: a.c is missing'],
  [
    'another parameter',
    { 'a.b': 'Hi {name}' },
    { 'a.b': 'Γεια {onoma}' },
    'a.b takes {onoma: text}, en takes {name: text}',
  ],
  [
    'a parameter of another kind',
    { 'a.b': '{n, number}' },
    { 'a.b': '{n, date}' },
    'a.b takes {n: date}, en takes {n: number}',
  ],
  ['a malformed message', { 'a.b': '{n, plural, one {x}' }, { 'a.b': 'Β' }, 'a.en.json: a.b: '],
  ['a plural without "other"', { 'a.b': '{n, plural, one {x}}' }, { 'a.b': 'Β' }, 'missing other clause'],
  [
    'a plural without "one"',
    { 'a.b': '{n, plural, other {x}}' },
    { 'a.b': '{n, plural, one {x} other {x}}' },
    'lacks the plural form "one"',
  ],
  ['a key outside its namespace', { 'b.b': 'B' }, { 'b.b': 'Β' }, 'must begin with "a."'],
  ['an empty message', { 'a.b': ' ' }, { 'a.b': 'Β' }, 'is empty'],
  ['a message that is not text', { 'a.b': 3 }, { 'a.b': 'Β' }, 'must be a string'],
  ['a key written twice', '{\n"a.b": "B",\n"a.b": "C"\n}', { 'a.b': 'Β' }, 'a.b is written twice'],
  ['a file that is not JSON', '{', { 'a.b': 'Β' }, 'a.en.json: not JSON'],
])('the build refuses %s', (_, en, el, problem) => {
  expect(problemsOf(en, el).join('\n')).toContain(problem)
})

test('the build refuses a namespace in one language only', () => {
  expect(() => build({ 'a.en.json': { 'a.b': 'B' } })).toThrow('a.el.json is missing')
})

test('the build accepts what agrees', () => {
  expect(problemsOf({ 'a.b': 'Hi {name}' }, { 'a.b': 'Γεια, {name}' })).toEqual([])
})
