import { type MessageSecretKind, maskSecretsInMessage } from '@clew/redact'
import { expectationsOf } from './extract/expecting.ts'
import { extractFacts } from './extract.ts'
import { currentValues, type EnvironmentValue, type Fact, standingFacts } from './facts.ts'
import { instantOf } from './zones.ts'

/** What the contact has told, as the evaluation door writes it; see `apps/server/evaluation/README.md`. */
export type Extracted = {
  email?: string[]
  plan?: string
  timestamps?: { iso: string; zone: string | null }[]
  request_ids?: string[]
  browser?: string
  os?: string
  device?: string
  network?: string
  workspace?: string[]
  custom_gpt?: string[]
  policy_message?: string
  secrets?: { kind: string }[]
}

export const extractedFields = [
  'email',
  'plan',
  'timestamps',
  'request_ids',
  'browser',
  'os',
  'device',
  'network',
  'workspace',
  'custom_gpt',
  'policy_message',
  'secrets',
] as const satisfies readonly (keyof Extracted)[]
export type ExtractedField = (typeof extractedFields)[number]

export type Verdict = { tp: number; fp: number; fn: number }

/** Right, wrong and missed, field by field. Fields in `optional` could be seen either way and are not judged. */
export function judgeExtraction(
  expected: Extracted,
  optional: readonly string[],
  got: Extracted,
): Record<ExtractedField, Verdict> {
  const judged = extractedFields.map((field) => [
    field,
    optional.includes(field) ? { tp: 0, fp: 0, fn: 0 } : judges[field](expected, got),
  ])
  return Object.fromEntries(judged) as Record<ExtractedField, Verdict>
}

type Judge = (expected: Extracted, got: Extracted) => Verdict

const judges: Record<ExtractedField, Judge> = {
  email: (expected, got) => judgeList(expected.email, got.email, sameText),
  plan: (expected, got) => judgeOne(expected.plan, got.plan, sameText),
  timestamps: judgeTimestamps,
  request_ids: (expected, got) => judgeList(expected.request_ids, got.request_ids, (a, b) => a === b),
  browser: (expected, got) => judgeOne(expected.browser, got.browser, sameName),
  os: (expected, got) => judgeOne(expected.os, got.os, sameName),
  device: (expected, got) => judgeOne(expected.device, got.device, sameName),
  network: (expected, got) => judgeOne(expected.network, got.network, saysAll),
  workspace: (expected, got) => judgeList(expected.workspace, got.workspace, sameText),
  custom_gpt: (expected, got) => judgeList(expected.custom_gpt, got.custom_gpt, sameAssistant),
  policy_message: (expected, got) => judgeOne(expected.policy_message, got.policy_message, sameWords),
  secrets: (expected, got) => judgeList(kindsOf(expected), kindsOf(got), sameSecret),
}

const kindsOf = ({ secrets = [] }: Extracted): string[] => [...new Set(secrets.map(({ kind }) => kind))]

function judgeOne<T>(expected: T | undefined, got: T | undefined, isSame: (expected: T, got: T) => boolean): Verdict {
  return judgeList(expected === undefined ? [] : [expected], got === undefined ? [] : [got], isSame)
}

/** Each expected value may be met by one that came back, and by each only once. */
function judgeList<T>(
  expected: readonly T[] = [],
  got: readonly T[] = [],
  isSame: (expected: T, got: T) => boolean,
): Verdict {
  const left = [...got]
  for (const value of expected) {
    const index = left.findIndex((each) => isSame(value, each))
    if (index >= 0) left.splice(index, 1)
  }
  const tp = got.length - left.length
  return { tp, fp: left.length, fn: expected.length - tp }
}

/** Leaving out a day without a time is no error; another day is. */
function judgeTimestamps(expected: Extracted, got: Extracted): Verdict {
  const all = expected.timestamps ?? []
  const verdict = judgeList(all, got.timestamps, sameMoment)
  const days = all.filter(({ iso }) => iso.length === 10)
  const missed = days.filter((day) => !got.timestamps?.some((each) => sameMoment(day, each))).length
  return { ...verdict, fn: verdict.fn - missed }
}

const minuteMs = 60_000
type Moment = { iso: string; zone: string | null }

function sameMoment(expected: Moment, got: Moment): boolean {
  const isInstant = /(?:Z|[+-]\d\d:\d\d)$/.test(expected.iso)
  if (!isInstant) return got.zone === null && got.iso.slice(0, 16) === expected.iso.slice(0, 16)
  const distance = Math.abs(Date.parse(got.iso) - Date.parse(expected.iso))
  return got.iso.endsWith('Z') && distance < minuteMs && sameOffset(expected, got)
}

function sameOffset(expected: Moment, { zone }: Moment): boolean {
  if (expected.zone === null) return true
  return zone !== null && offsetAt(expected.iso, expected.zone) === offsetAt(expected.iso, zone)
}

/** The instant that the same wall clock means in a zone tells the zones apart. */
function offsetAt(iso: string, zone: string): number | undefined {
  const at = new Date(iso)
  const wall = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
  return instantOf(wall, zone)?.getTime()
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** A version may stand behind the name. */
const sameName = (expected: string, got: string): boolean =>
  got.toLowerCase() === expected || got.toLowerCase().startsWith(`${expected} `)

/** Each listed one must be said; more is no error. */
function saysAll(expected: string, got: string): boolean {
  const said = got.split(/,\s*/)
  return expected.split(/,\s*/).every((each) => said.includes(each))
}

const sameAssistant = (expected: string, got: string): boolean =>
  got === expected || new RegExp(`/g/${expected}(?:-[\\w-]*)?$`).test(got)

const words = (text: string): string =>
  text
    .trim()
    .replace(/^["'«“‘„]|["'»”’“]$/g, '')
    .replace(/[.!]+$/, '')
const sameWords = (expected: string, got: string): boolean => words(expected) === words(got)

function sameSecret(expected: string, got: string): boolean {
  const either = ['api_key', 'token']
  return expected === got || (either.includes(expected) && either.includes(got))
}

/** F1 over many verdicts. Nothing to find and nothing found is perfect. */
export function f1Of(verdicts: readonly Verdict[]): number {
  const sum = (part: keyof Verdict): number => verdicts.reduce((total, verdict) => total + verdict[part], 0)
  const wrong = sum('fp') + sum('fn')
  return wrong === 0 ? 1 : (2 * sum('tp')) / (2 * sum('tp') + wrong)
}

/** The facts that hold now, in the shape of the evaluation door. */
export function extractedOf(facts: readonly Fact[], secrets: readonly MessageSecretKind[] = []): Extracted {
  const standing = standingFacts(facts)
  const { account, environment, policy_message: policy } = currentValues(facts)
  return withoutEmpty({
    email: unique(
      standing.flatMap((fact) => (fact.field === 'account' ? [fact.value.email, fact.value.billingEmail] : [])),
    ),
    plan: account?.plan,
    timestamps: momentsOf(standing),
    request_ids: unique(
      standing.flatMap(({ field, value }) =>
        field === 'request_ids' ? [...value.requestIds, ...value.completionIds] : [],
      ),
    ),
    ...placeOf(environment),
    workspace: roomsOf(standing),
    custom_gpt: unique(standing.flatMap((fact) => (fact.field === 'assistant_id' ? [fact.value.id] : []))),
    policy_message: policy?.message,
    secrets: unique(secrets.map((kind) => secretNames[kind])).map((kind) => ({ kind })),
  })
}

/** The desktop app is no device. */
function placeOf(environment: EnvironmentValue | undefined): Pick<Extracted, 'browser' | 'os' | 'device' | 'network'> {
  const { browser, os, device } = environment ?? {}
  return {
    ...(browser ? { browser: browser.toLowerCase() } : {}),
    ...(os ? { os: os.toLowerCase().replace('ipados', 'ios') } : {}),
    ...(device && device !== 'desktop_app' ? { device } : {}),
    ...networkOf(environment),
  }
}

/** Ids, and the name where there is none. */
function roomsOf(facts: readonly Fact[]): string[] {
  const rooms = facts.flatMap((fact) => (fact.field === 'workspace' ? [fact.value] : []))
  const ids = unique(rooms.flatMap((room) => [room.organisationId, room.projectId, room.workspaceId]))
  return ids.length > 0 ? ids : unique(rooms.map(({ name }) => name)).slice(-1)
}

const unique = <T>(values: readonly (T | undefined)[]): T[] => [
  ...new Set(values.filter((value) => value !== undefined)),
]

const secretNames: Record<MessageSecretKind, string> = {
  private_key: 'private_key',
  api_key: 'api_key',
  jwt: 'token',
  bearer: 'token',
  password: 'password',
  one_time_code: 'code',
  cookie: 'token',
  card: 'card',
  secret: 'token',
}

/** A moment whose day has to be asked is not told yet. */
function momentsOf(facts: readonly Fact[]): { iso: string; zone: string | null }[] {
  const moments = facts.flatMap(({ field, value }) => {
    if (field !== 'timestamps') return []
    if (value.utc !== undefined) return [{ iso: value.utc, zone: value.zone ?? null }]
    return value.local === undefined || value.unclear === 'date' ? [] : [{ iso: value.local, zone: null }]
  })
  return moments.filter(({ iso }, index) => moments.findIndex((each) => each.iso === iso) === index)
}

function networkOf(environment: EnvironmentValue | undefined): { network?: string } {
  const { network, vpn, proxy, firewall } = environment ?? {}
  const said = [network, onOff('vpn', vpn), onOff('proxy', proxy), firewall ? 'firewall' : undefined].filter(Boolean)
  return said.length > 0 ? { network: said.join(', ') } : {}
}

const onOff = (name: string, state: boolean | undefined): string | undefined =>
  state === undefined ? undefined : state ? name : `no-${name}`

function withoutEmpty(extracted: Partial<Record<ExtractedField, unknown>>): Extracted {
  return Object.fromEntries(
    Object.entries(extracted).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** One line of the labelled messages, as far as reading facts is concerned. */
export type EvaluatedMessage = {
  locale: 'en' | 'el'
  context: {
    now: string
    timeZone?: string
    history?: readonly { from: 'contact' | 'assistant' | 'agent'; text: string }[]
  }
  message: string
}

/** Reads a whole conversation as the server would: each message of the contact after the question before it. */
export function extractConversation({ locale, context, message }: EvaluatedMessage): Extracted {
  const turns = [...(context.history ?? []), { from: 'contact' as const, text: message }]
  const facts: Fact[] = []
  const secrets: MessageSecretKind[] = []
  for (const [index, { from, text }] of turns.entries()) {
    if (from !== 'contact') continue
    const before = turns[index - 1]
    const now = new Date(Date.parse(context.now) - (turns.length - 1 - index))
    const expecting = before && before.from !== 'contact' ? expectationsOf(before.text) : []
    const zone = context.timeZone === undefined ? {} : { zone: context.timeZone }
    facts.push(...extractFacts(text, { locale, now, ...zone, expecting, known: facts }))
    secrets.push(...maskSecretsInMessage(text).masked.map(({ kind }) => kind))
  }
  return extractedOf(facts, secrets)
}
