import type { AuditEvent } from '@clew/contract/audit'
import type { Json } from '@clew/contract/primitives'
import { z } from 'zod'
import type { StoredLink } from './repository.ts'

/** A body as we write it. One that was tampered with may be anything, and is still shown as far as it can be read. */
const Body = z.object({
  action: z.string().catch('?'),
  actor: z.object({ type: z.string(), id: z.string().optional(), via: z.string() }).catch({ type: '?', via: '?' }),
  changes: z
    .array(z.object({ field: z.string(), old: z.json().optional(), new: z.json().optional() }))
    .catch([])
    .default([]),
  context: z.object({ request_id: z.string().optional(), session_id: z.string().optional() }).catch({}),
  metadata: z.record(z.string(), z.json()).catch({}).default({}),
  occurred_at: z.string(),
  organisation: z.string(),
  outcome: z.enum(['success', 'failure', 'denied']).catch('success'),
  reason: z.string().optional(),
  recorded_at: z.string(),
  targets: z.array(z.object({ type: z.string(), id: z.string() })).catch([]),
  version: z.int().catch(1),
})

type Parts = ReadonlyMap<string, Record<string, Json>>

/** The event with what is personal in it put back where it belongs. */
export function eventView(link: StoredLink): AuditEvent {
  const body = Body.parse(JSON.parse(link.body))
  const parts: Parts = new Map(link.personal.flatMap(({ part, kept }) => (kept ? [[part, readPart(kept.value)]] : [])))
  const origin = parts.get('origin')
  const changed = parts.get('changes') ?? {}
  return {
    id: link.id,
    seq: link.seq,
    organisationId: body.organisation,
    occurredAt: body.occurred_at,
    recordedAt: body.recorded_at,
    action: body.action,
    version: body.version,
    actor: { ...body.actor, ...nameIn(parts.get('actor')) },
    targets: body.targets.map((target, i) => ({ ...target, ...nameIn(parts.get(`target.${i}`)) })),
    context: {
      ...textIn(origin, 'ip', 'ip'),
      ...textIn(origin, 'user_agent', 'userAgent'),
      ...textIn(body.context, 'request_id', 'requestId'),
      ...textIn(body.context, 'session_id', 'sessionId'),
    },
    outcome: body.outcome,
    ...(body.reason === undefined ? {} : { reason: body.reason }),
    changes: body.changes.map((change, i) => ({ ...change, ...changeIn(changed[String(i)]) })),
    metadata: { ...body.metadata, ...parts.get('metadata') },
    isErased: link.personal.some(({ kept }) => kept === undefined),
    prevHash: link.prevHash.toString('hex'),
    hash: link.hash.toString('hex'),
  }
}

const Part = z.record(z.string(), z.json())
const readPart = (text: string): Record<string, Json> => Part.catch({}).parse(JSON.parse(text))

const nameIn = (part: Record<string, Json> | undefined): { name?: string } =>
  typeof part?.['name'] === 'string' ? { name: part['name'] } : {}

function textIn<N extends string>(of: Record<string, unknown> | undefined, from: string, to: N): { [K in N]?: string } {
  const text = of?.[from]
  return (typeof text === 'string' ? { [to]: text } : {}) as { [K in N]?: string }
}

const Change = z.object({ old: z.json().optional(), new: z.json().optional() })
const changeIn = (value: Json | undefined): { old?: Json; new?: Json } =>
  Change.catch({}).parse(value ?? {}) as { old?: Json; new?: Json }
