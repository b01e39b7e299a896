import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const ACTIONS = ['answer', 'run-flow', 'ask', 'handoff', 'refuse', 'warn-about-secret'] as const

const FLOWS = [
  'upload-failure',
  'sso-no-accounts',
  'har-capture',
  'api-error',
  'safety-flag',
  'outage-check',
  'streaming-cut',
  'sign-in',
  'billing',
] as const

const TOPICS = [
  'contacting-support',
  'what-to-include',
  'finding-request-ids',
  'capture-a-har',
  'sanitise-and-share-a-har',
  'upload-failures',
  'sso-no-accounts-found',
  'account-sign-in-and-billing',
  'safety-and-policy-flags',
  'admin-console',
  'sso-and-scim-setup',
  'audit-and-retention',
  'usage-and-limits',
  'status-and-incidents',
  'api-errors-and-rate-limits',
  'privacy',
] as const

const FIELDS = [
  'timestamp',
  'timezone',
  'email',
  'plan',
  'request_id',
  'browser',
  'os',
  'device',
  'network',
  'workspace_id',
  'custom_gpt',
  'policy_message',
  'har',
] as const

/** The least number of lines that each tag has, counted over both files; a third of it in the one held out. */
const LEAST_PER_TAG = {
  upload: 50,
  har: 20,
  sso: 30,
  api: 50,
  streaming: 20,
  'sign-in': 30,
  billing: 30,
  dispute: 9,
  refund: 9,
  'safety-flag': 15,
  outage: 20,
  workspace: 9,
  admin: 15,
  privacy: 9,
  usage: 6,
  contact: 3,
  'custom-assistant': 9,
  plain: 12,
  messy: 15,
  'multi-issue': 12,
  angry: 12,
  legal: 9,
  recovery: 9,
  'self-harm': 6,
  'out-of-scope': 18,
  unanswerable: 12,
  injection: 15,
  exfiltration: 9,
  secret: 24,
  'not-a-secret': 9,
  negation: 12,
  time: 18,
  'ambiguous-time': 3,
  typo: 6,
  'no-accents': 18,
  capitals: 6,
  emoji: 6,
  short: 30,
  long: 3,
  log: 12,
  code: 6,
  'follow-up': 40,
  correction: 6,
  confirmation: 9,
  digression: 6,
  human: 24,
  thanks: 9,
} as const

/** How a hostile message goes about it; `look-alike` is a harmless one in the same words. */
const TECHNIQUES = [
  'override',
  'role-play',
  'authority',
  'disclosure',
  'encoding',
  'transcript',
  'account',
  'outbound',
  'promise',
  'people',
  'look-alike',
] as const

type Tag = keyof typeof LEAST_PER_TAG
const TAGS = [...(Object.keys(LEAST_PER_TAG) as [Tag, ...Tag[]]), ...TECHNIQUES] as const

const LEAST_PER_LANGUAGE = {
  tuning: { en: 140, el: 110, greeklish: 60 },
  'held-out': { en: 70, el: 55, greeklish: 30 },
} as const

const someText = z.string().min(1)
const flow = z.enum(FLOWS).nullable()

/** An instant, or a wall clock whose zone nobody named, or a calendar day without a time. */
const time = z.union([
  z.strictObject({
    iso: z.iso.datetime(),
    zone: z
      .string()
      .regex(/^(UTC|[A-Z][a-z]+\/[A-Z][A-Za-z_]+|[+-]\d\d:\d\d)$/)
      .nullable(),
  }),
  z.strictObject({ iso: z.iso.datetime({ local: true }).refine((iso) => !iso.endsWith('Z')), zone: z.null() }),
  z.strictObject({ iso: z.iso.date(), zone: z.null() }),
])

const extracted = z.strictObject({
  email: z.array(z.email()).min(1).optional(),
  plan: z.enum(['free', 'plus', 'team', 'business', 'enterprise']).optional(),
  timestamps: z.array(time).min(1).optional(),
  request_ids: z.array(someText).min(1).optional(),
  browser: z.enum(['chrome', 'firefox', 'safari', 'edge', 'opera', 'brave', 'vivaldi']).optional(),
  os: z.enum(['windows', 'macos', 'linux', 'ios', 'android']).optional(),
  device: z.enum(['desktop', 'laptop', 'phone', 'tablet']).optional(),
  network: z
    .string()
    .regex(
      /^(corporate|home|mobile|public|vpn|no-vpn|proxy|no-proxy|firewall)(, (vpn|no-vpn|proxy|no-proxy|firewall))*$/,
    )
    .optional(),
  workspace: z.array(someText).min(1).optional(),
  custom_gpt: z.array(z.string().startsWith('g-')).min(1).optional(),
  policy_message: someText.optional(),
  secrets: z
    .array(z.strictObject({ kind: z.enum(['password', 'api_key', 'card', 'code', 'token', 'private_key']) }))
    .min(1)
    .optional(),
})

const line = z.strictObject({
  id: z.string().regex(/^(en|el|gr)-(\d{3}|h\d{2})$/),
  locale: z.enum(['en', 'el']),
  language: z.enum(['en', 'el', 'greeklish']),
  tags: z.array(z.enum(TAGS)).min(1),
  context: z.strictObject({
    now: z.iso.datetime(),
    timeZone: someText.optional(),
    history: z
      .array(z.strictObject({ from: z.enum(['contact', 'assistant', 'agent']), text: someText }))
      .min(1)
      .optional(),
  }),
  message: someText,
  expect: z.strictObject({
    action: z.union([z.enum(ACTIONS), z.array(z.enum(ACTIONS)).min(2)]),
    flow: z.union([flow, z.array(flow).min(2)]),
    handoff: z.boolean().nullable(),
    extracted,
    optional: z
      .array(
        z.enum(['email', 'plan', 'timestamps', 'browser', 'os', 'device', 'network', 'workspace', 'policy_message']),
      )
      .min(1)
      .optional(),
    articles: z.array(z.enum(TOPICS)),
    ask: z.array(z.enum(FIELDS)).min(1).optional(),
    neverSay: z.array(someText).min(1).optional(),
    neverAsk: z.array(z.enum(FIELDS)).min(1).optional(),
  }),
})

type Line = z.infer<typeof line>

const parts = { tuning: readLines('messages.tuning.jsonl'), 'held-out': readLines('messages.held-out.jsonl') }
const hostile = readLines('messages.hostile.jsonl')
const labelled = [...parts.tuning, ...parts['held-out']]
const all = [...labelled, ...hostile]

test('every id stands once, and its number says which file it is in', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(hostile.filter(({ id }) => !id.includes('-h'))).toEqual([])
  expect(parts.tuning.filter(isHeldOut)).toEqual([])
  expect(parts['held-out'].filter((row) => !isHeldOut(row))).toEqual([])
})

test('an id begins with the language of its message', () => {
  const prefixes = { en: 'en-', el: 'el-', greeklish: 'gr-' }
  expect(all.filter(({ id, language }) => !id.startsWith(prefixes[language]))).toEqual([])
})

test('no message is told twice, neither in one file nor in both', () => {
  const counts = countBy(all.map(({ message, context }) => `${lastWords(context.history)}|${folded(message)}`))
  expect([...counts].filter(([, count]) => count > 1)).toEqual([])
})

test('no message that is more than a few words is close to another of the same language', () => {
  const pairs = all.flatMap((row, index) =>
    all.slice(0, index).flatMap((other) => (areClose(row, other) ? [`${row.id} and ${other.id}`] : [])),
  )
  expect(pairs).toEqual([])
})

test('Greek is written in Greek letters, English and Greeklish without them but for names quoted', () => {
  const shareOf = ({ message }: Line): number => {
    const letters = message.match(/\p{L}/gu) ?? []
    return letters.length === 0 ? 0 : (message.match(/\p{Script=Greek}/gu) ?? []).length / letters.length
  }
  const greek = all.filter(({ language, message }) => language === 'el' && /\p{L}/u.test(message))
  // Logs and ids bring Latin letters into a Greek message, and some are more log than message.
  expect(greek.filter((row) => shareOf(row) < 0.2).map(({ id }) => id)).toEqual([])
  expect(all.filter((row) => row.language !== 'el' && shareOf(row) > 0.05).map(({ id }) => id)).toEqual([])
})

test.each(['tuning', 'held-out'] as const)('the %s file has enough lines of each language', (part) => {
  const counts = countBy(parts[part].map(({ language }) => language))
  for (const [language, least] of Object.entries(LEAST_PER_LANGUAGE[part])) {
    expect(counts.get(language) ?? 0, language).toBeGreaterThanOrEqual(least)
  }
})

test('each tag has enough lines, and its share of them is held out', () => {
  const everywhere = countBy(labelled.flatMap(({ tags }) => tags))
  const heldOut = countBy(parts['held-out'].flatMap(({ tags }) => tags))
  for (const [tag, least] of Object.entries(LEAST_PER_TAG)) {
    expect(everywhere.get(tag) ?? 0, tag).toBeGreaterThanOrEqual(least)
    expect(heldOut.get(tag) ?? 0, `${tag}, held out`).toBeGreaterThanOrEqual(Math.floor(least / 6))
  }
})

test.each(['en', 'el', 'greeklish'])('in %s every message is hostile or looks like it', (language) => {
  const own = hostile.filter((row) => row.language === language)
  const counts = countBy(own.flatMap(({ tags }) => tags))
  expect(own.filter(({ tags }) => !tags.some(isTechnique))).toEqual([])
  expect((counts.get('injection') ?? 0) + (counts.get('exfiltration') ?? 0)).toBeGreaterThanOrEqual(40)
  expect(counts.get('look-alike')).toBeGreaterThanOrEqual(40)
})

test('what is to be extracted stands in the message or its history', () => {
  for (const row of all) {
    const { email = [], request_ids = [], workspace = [], custom_gpt = [], policy_message } = row.expect.extracted
    const told = everythingTold(row)
    for (const value of [...email, ...request_ids, ...workspace, ...custom_gpt]) expect(told, row.id).toContain(value)
    if (policy_message) expect(told, row.id).toContain(policy_message)
  }
})

test('no field is both scored and optional', () => {
  for (const { id, expect: expected } of all) {
    for (const field of expected.optional ?? []) expect(Object.keys(expected.extracted), id).not.toContain(field)
  }
})

test('a label that accepts a run of a flow names the flow, and one that needs a person expects the handover', () => {
  for (const { id, expect: expected } of all) {
    if (listOf(expected.action).includes('run-flow')) expect(listOf(expected.flow).some(Boolean), id).toBe(true)
    if (expected.action === 'handoff') expect(expected.handoff, id).toBe(true)
    else if (listOf(expected.action).includes('handoff')) expect(expected.handoff, id).not.toBe(false)
  }
})

test('a secret has a kind, a warning and words that must not come back', () => {
  const lines = all.filter(({ tags }) => tags.includes('secret') && !tags.includes('not-a-secret'))
  for (const row of lines) {
    expect(row.expect.extracted.secrets, row.id).toBeDefined()
    expect(listOf(row.expect.action), row.id).toEqual(['warn-about-secret'])
    expect(
      row.expect.neverSay?.some((words) => row.message.includes(words)),
      row.id,
    ).toBe(true)
  }
  const others = all.filter((row) => !lines.includes(row))
  expect(others.filter((row) => row.expect.extracted.secrets)).toEqual([])
})

test('a card number that is to be masked passes the Luhn check, and one that is not fails it', () => {
  for (const { id, message, expect: expected } of all) {
    const isCard = expected.extracted.secrets?.some(({ kind }) => kind === 'card') ?? false
    const numbers = message.match(/\b\d{4}[ -]\d{4,6}[ -]\d{4,5}(?:[ -]\d{4})?\b/g) ?? []
    for (const number of numbers) expect(passesLuhn(number), `${id}: ${number}`).toBe(isCard)
  }
})

test('a field whose value is known is never to be asked for', () => {
  for (const { id, expect: expected } of all) {
    const neverAsk = expected.neverAsk ?? []
    if (expected.extracted.email) expect(neverAsk, id).toContain('email')
    if (expected.extracted.plan) expect(neverAsk, id).toContain('plan')
    if (expected.extracted.request_ids) expect(neverAsk, id).toContain('request_id')
    if (expected.extracted.browser) expect(neverAsk, id).toContain('browser')
    expect(
      neverAsk.filter((field) => expected.ask?.includes(field)),
      id,
    ).toEqual([])
  }
})

test('an exact time lies before the message, for people report what has happened', () => {
  for (const { id, context, expect: expected } of all) {
    for (const { iso } of expected.extracted.timestamps ?? []) {
      if (iso.endsWith('Z')) expect(Date.parse(iso), id).toBeLessThanOrEqual(Date.parse(context.now))
    }
  }
})

test('every address is a made-up one', () => {
  const hosts = all.flatMap((row) => everythingTold(row).match(/(?<=@|:\/\/)[\w-]+(?:\.[\w-]+)+/g) ?? [])
  expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([])
})

function isTechnique(tag: string): boolean {
  return TECHNIQUES.some((known) => known === tag)
}

function readLines(name: string): Line[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((json) => line.parse(JSON.parse(json)))
}

function isHeldOut({ id }: Line): boolean {
  return Number(id.slice(3)) % 3 === 0
}

function everythingTold({ message, context }: Line): string {
  return [...(context.history ?? []).map(({ text }) => text), message].join('\n')
}

function lastWords(history: Line['context']['history']): string {
  return history?.at(-1)?.text ?? ''
}

function areClose(one: Line, other: Line): boolean {
  if (one.language !== other.language || Math.min(one.message.length, other.message.length) < 12) return false
  const [a, b] = [fourGrams(one.message), fourGrams(other.message)]
  const shared = [...a].filter((gram) => b.has(gram)).length
  return shared / (a.size + b.size - shared) > 0.4
}

const gramsOf = new Map<string, ReadonlySet<string>>()

function fourGrams(message: string): ReadonlySet<string> {
  const known = gramsOf.get(message)
  if (known) return known
  const text = folded(message)
  const grams = new Set(Array.from({ length: Math.max(1, text.length - 3) }, (_, at) => text.slice(at, at + 4)))
  gramsOf.set(message, grams)
  return grams
}

/** Small letters without accents, and one space where there was anything else. */
function folded(message: string): string {
  const bare = message.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
  return words === '' ? message : words
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T]
}

function passesLuhn(number: string): boolean {
  const digits = [...number.replace(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((total, digit, at) => {
    const doubled = digit * 2
    return total + (at % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
