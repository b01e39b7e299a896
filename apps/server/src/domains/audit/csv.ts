import type { AuditEvent } from '@clew/contract/audit'
import { stringify } from 'csv-stringify/sync'

const columns: readonly (readonly [name: string, of: (event: AuditEvent) => unknown])[] = [
  ['seq', ({ seq }) => seq],
  ['id', ({ id }) => id],
  ['occurred_at', ({ occurredAt }) => occurredAt],
  ['recorded_at', ({ recordedAt }) => recordedAt],
  ['action', ({ action }) => action],
  ['outcome', ({ outcome }) => outcome],
  ['reason', ({ reason }) => reason],
  ['actor_type', ({ actor }) => actor.type],
  ['actor_id', ({ actor }) => actor.id],
  ['actor_name', ({ actor }) => actor.name],
  ['via', ({ actor }) => actor.via],
  [
    'targets',
    ({ targets }) => targets.map(({ type, id, name }) => `${type} ${id}${name ? ` (${name})` : ''}`).join('; '),
  ],
  ['changes', ({ changes }) => (changes.length === 0 ? '' : JSON.stringify(changes))],
  ['metadata', ({ metadata }) => (Object.keys(metadata).length === 0 ? '' : JSON.stringify(metadata))],
  ['ip', ({ context }) => context.ip],
  ['user_agent', ({ context }) => context.userAgent],
  ['session_id', ({ context }) => context.sessionId],
  ['request_id', ({ context }) => context.requestId],
  ['prev_hash', ({ prevHash }) => prevHash],
  ['hash', ({ hash }) => hash],
]

/** A name that a spreadsheet would take for a formula gets an apostrophe before it. The mark at the front says UTF-8. */
const style = { record_delimiter: 'windows', escape_formulas: true } as const

/** With a mark, each row says first of which export it is. */
export const csvHead = (mark?: string): string =>
  stringify([[...(mark === undefined ? [] : ['export_id']), ...columns.map(([name]) => name)]], { ...style, bom: true })

export const csvRows = (events: readonly AuditEvent[], mark?: string): string =>
  stringify(
    events.map((event) => [...(mark === undefined ? [] : [mark]), ...columns.map(([, of]) => of(event) ?? '')]),
    style,
  )
