import { impossiblePart } from './impossible.ts'

/** The ten categories of a complete case. */
export const caseFields = [
  'problem',
  'steps',
  'timestamps',
  'account',
  'request_ids',
  'visuals',
  'environment',
  'workspace',
  'assistant_id',
  'policy_message',
] as const

export type CaseField = (typeof caseFields)[number]

export const plans = ['free', 'plus', 'team', 'business', 'enterprise'] as const
export type Plan = (typeof plans)[number]

export type TimestampValue = {
  /** ISO 8601 in UTC; absent while the zone or the day is unknown. */
  utc?: string
  /** IANA name, or an offset such as `+02:00` if that is what was said. */
  zone?: string
  /** The calendar day, or day and clock time, as the person's own calendar and clock show it, when nothing more is known. */
  local?: string
  /** The person's own words. */
  said: string
  /** What has to be asked before the moment is known. */
  unclear?: 'zone' | 'date' | 'time'
}

export type EnvironmentValue = {
  browser?: string
  browserVersion?: string
  os?: string
  osVersion?: string
  device?: 'desktop' | 'laptop' | 'phone' | 'tablet' | 'desktop_app'
  network?: 'corporate' | 'home' | 'mobile' | 'public'
  vpn?: boolean
  proxy?: boolean
  firewall?: boolean
}

/** The typed value of each field. */
export type FactValues = {
  problem: { text: string }
  steps: { items: string[] }
  timestamps: TimestampValue
  account: { email?: string; plan?: Plan; billingEmail?: string }
  request_ids: { requestIds: string[]; completionIds: string[] }
  visuals: { attachmentIds: string[]; snippets: string[] }
  environment: EnvironmentValue
  workspace: { organisationId?: string; workspaceId?: string; projectId?: string; name?: string }
  assistant_id: { id: string; url?: string }
  policy_message: { message: string; requestId?: string }
}

export const factSources = ['contact', 'browser', 'har', 'host_page', 'agent', 'assistant', 'log'] as const
export type FactSource = (typeof factSources)[number]

export type FactOf<F extends CaseField> = {
  field: F
  value: FactValues[F]
  source: FactSource
  /** ISO 8601: when we learnt it. */
  at: string
  /** The exact words it was read from. */
  quote?: string
  /** How sure the reading is, 0–1. Absent where nothing was read, because somebody filled it in. */
  confidence?: number
  /** "No, I meant …": it takes the place of what was said before, where otherwise both would hold. */
  corrects?: true
}

/** One thing that is known about a case. Facts are only ever added; `currentValues` says what holds now. */
export type Fact = { [F in CaseField]: FactOf<F> }[CaseField]

/** What holds now, field by field. */
export type CurrentValues = { [F in CaseField]?: FactValues[F] }

/** What was said outweighs what was guessed: a browser's own words never overwrite a person's. */
const weight: Record<FactSource, number> = {
  assistant: 0,
  browser: 1,
  har: 2,
  log: 2,
  host_page: 3,
  contact: 4,
  agent: 4,
}

/** Fields whose value is one thing: a new moment replaces the old one and leaves nothing of it. */
const wholeFields: ReadonlySet<CaseField> = new Set([
  'problem',
  'steps',
  'timestamps',
  'assistant_id',
  'policy_message',
])

/** Joins all facts part by part: heavier sources win, and among equals the latest, so that a correction holds. */
export function currentValues(facts: readonly Fact[]): CurrentValues {
  const values: Record<string, object> = {}
  const from: Record<string, Fact> = {}
  for (const fact of inOrder(facts)) {
    const before = from[fact.field]
    if (before && isSecondMention(before, fact)) continue
    from[fact.field] = fact
    const isOneThing = wholeFields.has(fact.field)
    values[fact.field] = isOneThing ? valueOf(fact) : joinParts(values[fact.field], fact)
  }
  return values
}

/** A moment that was typed into a field was read by nobody; an impossible one has to be asked for again. */
function valueOf(fact: Fact): object {
  if (fact.field !== 'timestamps' || fact.value.utc !== undefined || fact.value.unclear !== undefined) return fact.value
  const unclear = impossiblePart(fact.value.said)
  return unclear === undefined ? fact.value : { ...fact.value, unclear }
}

/** The latest fact of a field, for showing source and time beside the value. */
export function latestFact<F extends CaseField>(facts: readonly Fact[], field: F): FactOf<F> | undefined {
  const own = inOrder(facts).filter((fact): fact is Extract<Fact, FactOf<F>> => fact.field === field)
  return own.reduce<Extract<Fact, FactOf<F>> | undefined>(
    (latest, fact) => (latest && isSecondMention(latest, fact) ? latest : fact),
    undefined,
  )
}

/** What was known of a field before, oldest first: each value that something else has since taken the place of. */
export function historyOf<F extends CaseField>(
  facts: readonly Fact[],
  field: F,
): { value: FactValues[F]; at: string }[] {
  const own = inOrder(facts).filter((fact) => fact.field === field)
  const steps = own.map((fact, index) => ({
    value: currentValues(own.slice(0, index + 1))[field] as FactValues[F],
    at: fact.at,
  }))
  return steps.filter(({ value }, index) => {
    const next = steps[index + 1]
    return next !== undefined && replaces(value, next.value)
  })
}

/** Learning more of the same is no change of mind. */
function replaces(before: object, after: object): boolean {
  const parts: Record<string, unknown> = { ...after }
  return Object.entries(before).some(([part, value]) => {
    const now = parts[part]
    if (Array.isArray(value) && Array.isArray(now)) return value.some((each) => !now.includes(each))
    return JSON.stringify(now) !== JSON.stringify(value)
  })
}

function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => weight[a.source] - weight[b.source] || a.at.localeCompare(b.at))
}

/** "From 10:45 to 11:00" names two moments; the first of one message is the moment of the case. */
function isSecondMention(first: Fact, fact: Fact): boolean {
  const isSame = first.field === 'timestamps' && fact.field === 'timestamps' && first.at === fact.at
  return (
    isSame && first.quote !== undefined && fact.quote !== undefined && first.source === fact.source && !fact.corrects
  )
}

/** Lists grow (two request ids are two ids), unless the person corrects them; single parts are replaced. */
function joinParts(known: object | undefined, fact: Fact): object {
  const joined: Record<string, unknown> = { ...known }
  const added: Record<string, unknown> = { ...fact.value }
  // Another browser does not have the version of the one before.
  for (const [name, version] of versions) {
    if (added[name] !== undefined && !isSameName(added[name], joined[name])) delete joined[version]
  }
  for (const [part, value] of Object.entries(added)) {
    const before = joined[part]
    const grows = Array.isArray(before) && Array.isArray(value) && !fact.corrects
    joined[part] = grows ? [...new Set([...before, ...value])] : value
  }
  return joined
}

const versions = [
  ['browser', 'browserVersion'],
  ['os', 'osVersion'],
] as const

const isSameName = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase()

/** The facts that nothing later has taken the place of: several addresses, moments or ids may hold at once. */
export function standingFacts(facts: readonly Fact[]): Fact[] {
  const ordered = inOrder(facts)
  return ordered.filter((fact, index) => !ordered.slice(index + 1).some((later) => takesThePlaceOf(later, fact)))
}

function takesThePlaceOf(later: Fact, fact: Fact): boolean {
  if (later.field !== fact.field || later.at === fact.at) return false
  if (later.field === 'timestamps' && fact.field === 'timestamps')
    return later.corrects === true || (fact.value.utc === undefined && later.value.utc !== undefined)
  const parts = Object.keys(fact.value)
  return later.corrects === true && Object.keys(later.value).some((part) => parts.includes(part))
}
