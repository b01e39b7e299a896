import { createHash } from 'node:crypto'
import type { Json, OrganisationId } from '@clew/contract/primitives'
import { fold } from '@clew/text'
import canonicalizeModule from 'canonicalize'
import type { Actor } from '../../platform/actor.ts'
import type { Origin } from '../../platform/ctx.ts'
import { newSalt } from '../../platform/ids.ts'
import type { AuditChange, AuditEntry, AuditValue } from './model.entry.ts'

/** One piece of what is personal in an event. Whoever has the salt and the value can tell that the chain means it. */
export type PersonalPart = { part: string; person_id: string | null; salt: string; value: string; folded: string }

/** An event without its number: that is known once the chain is locked, and goes between `before` and `after`. */
export type Draft = { id: string; before: string; after: string; targets: string[]; personal: PersonalPart[] }

export type Circumstances = {
  id: string
  now: Date
  organisationId: OrganisationId
  actor: Actor
  origin: Origin
  requestId: string
}

const version = 1
const maxTextLength = 4_000

const halfCharacter = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** What PostgreSQL and RFC 8785 both take: no NUL, no half of a character, no endless text. */
const clean = (text: string): string =>
  text.slice(0, maxTextLength).replaceAll('\u0000', '').replace(halfCharacter, '\uFFFD')

function cleaned(value: AuditValue): Json {
  if (typeof value === 'string') return clean(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null
  if (isList(value)) return value.map(cleaned)
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(fields.map(([name, each]) => [clean(name), cleaned(each)]))
}

const isList = (value: object): value is readonly AuditValue[] => Array.isArray(value)

// Its types speak of a module with a default; what Node hands over is the function itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined

/** RFC 8785. */
export function canonical(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new Error('this has no canonical JSON')
  return text
}

export const personalHash = (salt: Uint8Array, value: string): string =>
  createHash('sha256').update(salt).update(value, 'utf8').digest('hex')

/** The event that an entry becomes. */
export function draftOf(entry: AuditEntry, from: Circumstances): Draft {
  const actor = entry.actor ?? actorOf(from.actor)
  const targets = (entry.targets ?? []).map((target) => ({ ...target, id: clean(target.id) }))
  const personal = personalParts(entry, { actor, targets, origin: from.origin })
  const body = {
    action: entry.action,
    actor: { type: actor.type, ...(actor.id === undefined ? {} : { id: clean(actor.id) }), via: from.origin.via },
    ...(entry.changes === undefined ? {} : { changes: entry.changes.map(openChange) }),
    context: {
      request_id: clean(from.requestId),
      ...(from.origin.sessionId === undefined ? {} : { session_id: clean(from.origin.sessionId) }),
    },
    id: from.id,
    ...(entry.metadata === undefined ? {} : { metadata: cleaned(entry.metadata) }),
    occurred_at: (entry.occurredAt ?? from.now).toISOString(),
    organisation: from.organisationId,
    outcome: entry.outcome ?? 'success',
    personal: Object.fromEntries(
      personal.map(({ part, salt, value }) => [part, personalHash(Buffer.from(salt, 'hex'), value)]),
    ),
    ...(entry.reason === undefined ? {} : { reason: clean(entry.reason) }),
    recorded_at: from.now.toISOString(),
  }
  // The names of a canonical object are sorted, and `seq` belongs between these two.
  const rest = { targets: targets.map(({ type, id }) => ({ type, id })), version }
  return {
    id: from.id,
    before: `${canonical(body).slice(0, -1)},"seq":`,
    after: `,${canonical(rest).slice(1)}`,
    targets: targets.map(({ id }) => id),
    personal,
  }
}

type Named = { type: string; id?: string; name?: string }

function actorOf(actor: Actor): Named {
  switch (actor.type) {
    case 'member':
      return { type: actor.isLetIn ? 'agent' : actor.type, id: actor.id, name: actor.name }
    case 'agent':
    case 'connection':
      return { type: actor.type, id: actor.id, name: actor.name }
    case 'contact':
      return { type: actor.type, id: actor.id }
    case 'system':
      return { type: actor.type, id: actor.job }
    case 'assistant':
    case 'visitor':
      return { type: actor.type }
  }
}

/** A personal change says in the chain only that there was one. */
function openChange({ field, old, new: now, personal }: AuditChange): Record<string, Json> {
  if (personal) return { field: clean(field), personal: true }
  return {
    field: clean(field),
    ...(old === undefined ? {} : { old: cleaned(old) }),
    ...(now === undefined ? {} : { new: cleaned(now) }),
  }
}

type About = { actor: Named; targets: readonly Named[]; origin: Origin }

function personalParts(entry: AuditEntry, { actor, targets, origin }: About): PersonalPart[] {
  const actorId = actor.id ?? null
  const about = targets[0]?.id ?? actorId
  const changed = Object.fromEntries(
    (entry.changes ?? []).flatMap(({ old, new: now, personal }, i) =>
      personal
        ? [[String(i), { ...(old === undefined ? {} : { old }), ...(now === undefined ? {} : { new: now }) }]]
        : [],
    ),
  )
  const from = {
    ...(origin.address === undefined ? {} : { ip: origin.address }),
    ...(origin.userAgent === undefined ? {} : { user_agent: origin.userAgent }),
  }
  return [
    ...(actor.name === undefined ? [] : [partOf('actor', actorId, { name: actor.name })]),
    ...(Object.keys(from).length === 0 ? [] : [partOf('origin', actorId, from)]),
    ...targets.flatMap(({ id, name }, i) => (name === undefined ? [] : [partOf(`target.${i}`, id ?? null, { name })])),
    ...(Object.keys(changed).length === 0 ? [] : [partOf('changes', about, changed)]),
    ...(entry.personal === undefined ? [] : [partOf('metadata', about, entry.personal)]),
  ]
}

function partOf(part: string, personId: string | null, value: AuditValue): PersonalPart {
  const safe = cleaned(value)
  return {
    part,
    person_id: personId === null ? null : clean(personId),
    salt: newSalt().toString('hex'),
    value: canonical(safe),
    folded: fold(textsIn(safe).join(' ')).replaceAll('\u0000', ''),
  }
}

function textsIn(value: Json): string[] {
  if (value === null || typeof value === 'boolean') return []
  if (typeof value !== 'object') return [String(value)]
  return (Array.isArray(value) ? value : Object.values(value)).flatMap((each) => textsIn(each as Json))
}
