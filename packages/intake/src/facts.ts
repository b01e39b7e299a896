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
  device?: 'desktop' | 'phone' | 'tablet' | 'desktop_app'
  network?: 'corporate' | 'home' | 'mobile' | 'public'
  vpn?: boolean
  proxy?: boolean
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

export const factSources = ['contact', 'browser', 'har', 'host_page', 'agent', 'assistant'] as const
export type FactSource = (typeof factSources)[number]

export type FactOf<F extends CaseField> = {
  field: F
  value: FactValues[F]
  source: FactSource
  /** ISO 8601: when we learnt it. */
  at: string
  /** The exact words it was read from. */
  quote?: string
}

/** One thing that is known about a case. Facts are only ever added; `currentValues` says what holds now. */
export type Fact = { [F in CaseField]: FactOf<F> }[CaseField]

/** What holds now, field by field. */
export type CurrentValues = { [F in CaseField]?: FactValues[F] }

/** What was said outweighs what was guessed: a browser's own words never overwrite a person's. */
const weight: Record<FactSource, number> = { assistant: 0, browser: 1, har: 2, host_page: 3, contact: 4, agent: 4 }

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
  const ordered = [...facts].sort((a, b) => weight[a.source] - weight[b.source] || a.at.localeCompare(b.at))
  const values: Record<string, object> = {}
  for (const fact of ordered) {
    const isOneThing = wholeFields.has(fact.field)
    values[fact.field] = isOneThing ? fact.value : joinParts(values[fact.field], fact.value)
  }
  return values
}

/** The latest fact of a field, for showing source and time beside the value. */
export function latestFact<F extends CaseField>(facts: readonly Fact[], field: F): FactOf<F> | undefined {
  const own = facts.filter((fact): fact is Extract<Fact, FactOf<F>> => fact.field === field)
  return own.sort((a, b) => weight[a.source] - weight[b.source] || a.at.localeCompare(b.at)).at(-1)
}

/** Lists grow (two request ids are two ids); single parts are replaced. */
function joinParts(known: object | undefined, added: object): object {
  const joined: Record<string, unknown> = { ...known }
  for (const [part, value] of Object.entries(added)) {
    const before = joined[part]
    joined[part] = Array.isArray(before) && Array.isArray(value) ? [...new Set([...before, ...value])] : value
  }
  return joined
}
