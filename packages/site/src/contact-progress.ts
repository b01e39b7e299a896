import { completeness } from '@clew/intake/completeness'
import type { CaseField, Fact } from '@clew/intake/facts'
import type { ContactField, ContactKind, FormProgress } from './views.contact.ts'

type Given = Partial<Record<ContactField, string>>

const at = '1970-01-01T00:00:00.000Z'

/** The same measure as the case's own, taken of what stands in the fields. Runs in the browser as well. */
export function formProgress(kind: ContactKind, values: Given, hasFiles = false): FormProgress {
  const facts = factsIn(values, hasFiles)
  const { score, missing } = completeness(kind, facts)
  const gains = missing.map(({ field }) => ({ field, score: completeness(kind, [...facts, ...sampleOf(field)]).score }))
  const best = gains.reduce<(typeof gains)[number] | undefined>(
    (most, each) => (each.score > (most?.score ?? score) ? each : most),
    undefined,
  )
  return best === undefined ? { score } : { score, next: best.field }
}

/** Which fields make up a category. The first is the one to go to. */
export const fieldsOf: Readonly<Record<CaseField, readonly ContactField[]>> = {
  problem: ['problem'],
  account: ['email', 'plan', 'billing_email'],
  steps: ['steps'],
  timestamps: ['date', 'time', 'time_zone'],
  request_ids: ['request_id', 'completion_id'],
  visuals: ['files', 'snippet'],
  environment: ['environment', 'network', 'vpn'],
  workspace: ['workspace_id', 'workspace_name'],
  assistant_id: ['assistant_id'],
  policy_message: ['policy_message'],
}

const full: Given = {
  problem: 'x',
  email: 'x',
  plan: 'Team',
  steps: 'x',
  date: '1970-01-01',
  time: '00:00',
  time_zone: 'UTC',
  request_id: 'x',
  snippet: 'x',
  environment: 'x',
  workspace_id: 'x',
  assistant_id: 'x',
  policy_message: 'x',
}

const sampleOf = (category: CaseField): Fact[] => factsIn(full, true).filter(({ field }) => field === category)

type Has = (...fields: ContactField[]) => boolean

/** What the fields would say. Only whether something is there counts here; the server reads what it is. */
function factsIn(values: Given, hasFiles: boolean): Fact[] {
  const has: Has = (...fields) => fields.some((field) => (values[field] ?? '') !== '')
  const found: readonly (readonly [isThere: boolean, Pick<Fact, 'field' | 'value'>])[] = [
    [has('problem'), { field: 'problem', value: { text: 'x' } }],
    [has('email', 'billing_email'), { field: 'account', value: accountOf(has) }],
    [has('steps'), { field: 'steps', value: { items: ['x'] } }],
    [has('date', 'time'), { field: 'timestamps', value: { said: 'x', ...momentOf(has) } }],
    [has('request_id', 'completion_id'), { field: 'request_ids', value: { requestIds: ['x'], completionIds: [] } }],
    [hasFiles || has('snippet'), { field: 'visuals', value: { attachmentIds: ['x'], snippets: [] } }],
    [has('environment'), { field: 'environment', value: { browser: 'x', os: 'x' } }],
    [has('workspace_id', 'workspace_name'), { field: 'workspace', value: { workspaceId: 'x' } }],
    [has('assistant_id'), { field: 'assistant_id', value: { id: 'x' } }],
    [has('policy_message'), { field: 'policy_message', value: { message: 'x' } }],
  ]
  return found.filter(([isThere]) => isThere).map(([, fact]) => ({ ...fact, source: 'contact', at }) as Fact)
}

const accountOf = (has: Has) => ({ email: 'x', ...(has('plan') ? { plan: 'team' as const } : {}) })

function momentOf(
  has: (...fields: ContactField[]) => boolean,
): { utc: string } | { unclear: 'date' | 'time' | 'zone' } {
  if (!has('date')) return { unclear: 'date' }
  if (!has('time')) return { unclear: 'time' }
  return has('time_zone') ? { utc: at } : { unclear: 'zone' }
}
