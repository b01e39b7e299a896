import type { AuditEvent } from '@clew/contract/audit'
import { slot } from '@clew/i18n'
import type { AuditT } from './words.ts'

/** What an event says, with slots for who did it and what it was about; and what goes into them. */
export function sentenceOf(t: AuditT, event: AuditEvent): { text: string; actor: string; target: string } {
  const actor = actorOf(t, event)
  const target = targetOf(t, event)
  const slots = { actor: slot('actor'), target: slot('target') }
  const known = t.find(`console-audit.did_${event.action.replaceAll('.', '_')}`, slots)
  return { text: known ?? t('console-audit.did_unknown', { ...slots, action: event.action }), actor, target }
}

function actorOf(t: AuditT, { actor, isErased, metadata }: AuditEvent): string {
  if (actor.name !== undefined) return actor.name
  // Somebody who could not sign in has no name; the address that was tried says who it was meant to be.
  const tried = metadata['address'] ?? metadata['email']
  if (actor.type !== 'member' && typeof tried === 'string') return tried
  if (actor.type === 'member' || actor.type === 'agent')
    return t(isErased ? 'console-audit.erased' : 'console-audit.somebody')
  return t.find(`console-audit.${actor.type}`) ?? actor.id ?? actor.type
}

/** Ids say nothing to a reader; the end of one tells two apart. */
const shortId = (id: string): string => (id.length > 12 ? `…${id.slice(-6)}` : id)

function targetOf(t: AuditT, { targets }: AuditEvent): string {
  const names = targets.map(({ name, id }) => name ?? shortId(id))
  const [first, second] = names
  if (first === undefined) return t('console-audit.nothing')
  if (second === undefined) return first
  return names.length === 2
    ? `${first}, ${second}`
    : t('console-audit.and_more', { name: first, count: names.length - 1 })
}
