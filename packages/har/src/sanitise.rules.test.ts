import { expect, test } from 'vitest'
import { parseSanitiseRules } from './sanitise-rules.ts'
import { at, type Cleaned, capture, clean, entry } from './test-support.ts'
import type { JsonValue, SanitiseOptions, SanitiseRule } from './types.ts'

const BEARER = 'tok_7f6e5d4c3b2a1908f7e6d5c4'
const EMAIL = 'jane.doe@customer.example'

function rulesOf(input: JsonValue): SanitiseRule[] {
  const parsed = parseSanitiseRules(input)
  if (!parsed.ok) throw new Error(parsed.problems.map(({ path, code }) => `${path} ${code}`).join())
  return parsed.rules
}

function problemsOf(input: unknown): string[] {
  const parsed = parseSanitiseRules(input)
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`)
}

test('rules that are right come back as they were', () => {
  const rules = [
    { match: { name: 'x-tenant', host: '*.northlight.example' }, action: 'keep' },
    { match: { jsonPath: '$.items[*].owner..name' }, action: 'remove', kind: 'personal' },
    { match: { jsonPath: "$['a b'].c" }, action: 'pseudonymise' },
  ]
  expect(rulesOf(rules)).toEqual(rules)
})

const WRONG: readonly [input: unknown, problems: string[]][] = [
  ['keep all', ['rules: rules.not_a_list']],
  [[1], ['rules[0]: rule.not_an_object']],
  [[{ match: { name: 'a' }, action: 'kep' }], ['rules[0].action: rule.unknown_action']],
  [[{ match: {}, action: 'keep' }], ['rules[0].match: rule.no_match']],
  [[{ action: 'keep' }], ['rules[0].match: rule.no_match']],
  [
    [{ match: { path: '$.a' }, action: 'keep' }],
    ['rules[0].match.path: rule.unknown_field', 'rules[0].match: rule.no_match'],
  ],
  [[{ match: { name: 7 }, action: 'keep' }], ['rules[0].match.name: rule.not_a_text']],
  [[{ match: { jsonPath: 'user.email' }, action: 'keep' }], ['rules[0].match.jsonPath: rule.not_a_path']],
  [[{ match: { jsonPath: '$.a[' }, action: 'keep' }], ['rules[0].match.jsonPath: rule.not_a_path']],
  [
    [{ match: { name: 'a' }, action: 'remove', kind: 'thing', extra: 1 }],
    ['rules[0].extra: rule.unknown_field', 'rules[0].kind: rule.unknown_kind'],
  ],
  [Array.from({ length: 501 }, () => ({ match: { name: 'a' }, action: 'keep' })), ['rules: rules.too_many']],
]

test.each(WRONG)('rules %j are refused with the place and the reason', (input, problems) => {
  expect(problemsOf(input)).toEqual(problems)
})

test('each problem is explained in both languages', () => {
  const parsed = parseSanitiseRules([{ match: { name: 'a' }, action: 'kep' }])
  expect(parsed.ok ? [] : parsed.problems[0]?.message.en).toContain('remove, keep, pseudonymise')
  expect(parsed.ok ? [] : parsed.problems[0]?.message.el).toContain('remove, keep, pseudonymise')
})

function cleanWith(rules: JsonValue, har = sample(), options: SanitiseOptions = {}): Promise<Cleaned> {
  return clean(har, { ...options, rules: rulesOf(rules) })
}

function sample(): ReturnType<typeof capture> {
  return capture([
    entry({
      url: 'https://api.northlight.example/v1?ticket=CASE-77&zone=athens-west',
      requestHeaders: {
        'x-tenant': 'blue-heron',
        cookie: 'theme=very-dark; sid=aB3dE5gH7jK9mN2pQ4sT6vW8',
        accept: 'text/x-odd',
      },
      body: JSON.stringify({
        user: { label: 'Anna K', plan: 'Team gold' },
        items: [{ ref: 'A 1' }, { ref: 'B 2' }],
        n: 123456,
      }),
    }),
  ])
}

const bodyOf = ({ har }: Cleaned): JsonValue =>
  JSON.parse(String(at(har.log.entries, 0, 'response', 'content', 'text')))
const urlOf = ({ har }: Cleaned): string => String(at(har.log.entries, 0, 'request', 'url'))

test('a keep rule keeps a header, a cookie, a parameter and a field by name', async () => {
  const names = ['X-Tenant', 'theme', 'zone', 'plan', 'n']
  const cleaned = await cleanWith(names.map((name) => ({ match: { name }, action: 'keep' })))
  expect(cleaned.text).toContain('blue-heron')
  expect(cleaned.text).toContain('theme=very-dark')
  expect(urlOf(cleaned)).toContain('zone=athens-west')
  expect(bodyOf(cleaned)).toMatchObject({ user: { plan: 'Team gold', label: '[string, 6 chars]' }, n: 123456 })
  expect(cleaned.report.kept).toContainEqual({ reason: 'operator_rule', count: 4 })
})

test('a rule for a host leaves other hosts alone', async () => {
  const other = await cleanWith([{ match: { name: 'x-tenant', host: 'app.northlight.example' }, action: 'keep' }])
  expect(other.text).not.toContain('blue-heron')
  const wildcard = await cleanWith([{ match: { name: 'x-*', host: '*.NORTHLIGHT.example' }, action: 'keep' }])
  expect(wildcard.text).toContain('blue-heron')
})

test('a rule for a path speaks of what is there and of all that is inside', async () => {
  const kept = await cleanWith([{ match: { jsonPath: '$.items[*].ref' }, action: 'keep' }])
  expect(bodyOf(kept)).toMatchObject({ items: [{ ref: 'A 1' }, { ref: 'B 2' }], user: { label: '[string, 6 chars]' } })
  const inside = await cleanWith([{ match: { jsonPath: '$.user' }, action: 'keep' }])
  expect(bodyOf(inside)).toMatchObject({ user: { label: 'Anna K', plan: 'Team gold' } })
  const deep = await cleanWith([{ match: { jsonPath: '$..label' }, action: 'pseudonymise', kind: 'personal' }])
  expect(bodyOf(deep)).toMatchObject({ user: { label: expect.stringMatching(/^\[personal:[0-9a-f]{4}, 6 chars\]$/) } })
})

test('a remove rule removes what would stay, and the value is erased elsewhere', async () => {
  const har = capture([
    entry({ requestHeaders: { accept: 'odd/type-9f8e7d6c5b' } }),
    entry({ responseHeaders: { via: 'odd/type-9f8e7d6c5b' } }),
  ])
  const cleaned = await cleanWith([{ match: { name: 'accept' }, action: 'remove' }], har)
  expect(cleaned.text).not.toContain('odd/type')
})

test('a keep rule lets no credential out', async () => {
  const har = capture([
    entry({ requestHeaders: { authorization: `Bearer ${BEARER}`, 'x-tenant': BEARER, cookie: `sid=${BEARER}` } }),
    entry({
      url: `https://api.northlight.example/?token=${BEARER}&password=hunter22`,
      requestHeaders: { 'x-tenant': 'sk-proj-abcdEFGH1234ijklMNOP5678' },
    }),
    entry({ body: JSON.stringify({ token: BEARER, password: 'hunter22', note: `key ${BEARER}` }) }),
  ])
  const cleaned = await cleanWith([{ match: { name: '*' }, action: 'keep' }], har)
  for (const secret of [BEARER, 'hunter22', 'sk-proj-abcd']) expect(cleaned.text).not.toContain(secret)
})

test('a rule for a host alone drops its bodies', async () => {
  const cleaned = await cleanWith([{ match: { host: 'api.northlight.example' }, action: 'remove' }])
  expect(String(at(cleaned.har.log.entries, 0, 'response', 'content', 'text'))).toMatch(/^\[body, \d+ chars\]$/)
})

test('bodies of chosen hosts stay readable, without what the nets find', async () => {
  const body = {
    note: 'The invoice is late',
    mail: EMAIL,
    text: `call +30 694 123 4567, ${EMAIL}`,
    token: BEARER,
    size: 9_000_000,
  }
  const har = capture([
    entry({ url: 'https://api.northlight.example/a', body: JSON.stringify(body) }),
    entry({
      url: 'https://api.northlight.example/b',
      mime: 'text/html',
      body: `<p>The page is late</p><input type="hidden" value="${BEARER}">`,
    }),
    entry({ url: 'https://api.northlight.example/c', mime: 'text/plain', body: `The text is late, says ${EMAIL}` }),
    entry({ url: 'https://other.example/a', body: JSON.stringify({ note: 'Another secret note' }) }),
  ])
  const { text, report } = await clean(har, { keepBodiesOf: ['*.northlight.example'] })
  for (const kept of ['The invoice is late', 'The page is late', 'The text is late', '9000000'])
    expect(text).toContain(kept)
  for (const gone of [EMAIL, BEARER, '694 123', 'Another secret note']) expect(text).not.toContain(gone)
  expect(report.kept.map(({ reason }) => reason)).toContain('body_of_host')
})
