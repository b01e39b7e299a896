import type { AuditEvent } from '@clew/contract/audit'
import type { Json } from '@clew/contract/primitives'
import { present } from './model.envelope.ts'

/** Version of the Open Cybersecurity Schema Framework that the numbers below are from. */
const ocsfVersion = '1.5.0'

type Kind = { category: number; class: number; activity: number }

const iam = (classUid: number, activity: number): Kind => ({ category: 3, class: classUid, activity })
const other = 99

const logon = 1
const logoff = 2
/** Account Change, Authentication, User Access, Group Management: those that are not named so are API Activity. */
const kinds: Readonly<Record<string, Kind>> = {
  'user.joined': iam(3001, 1),
  'user.reactivated': iam(3001, 2),
  'user.deactivated': iam(3001, 5),
  'user.removed': iam(3001, 6),
  'user.left': iam(3001, 6),
  'user.updated': iam(3001, other),
  'scim.user.created': iam(3001, 1),
  'scim.user.reactivated': iam(3001, 2),
  'scim.user.deactivated': iam(3001, 5),
  'scim.user.deleted': iam(3001, 6),
  'scim.user.updated': iam(3001, other),
  'auth.password_changed': iam(3001, 3),
  'auth.password_reset': iam(3001, 4),
  'mfa.enrolled': iam(3001, 10),
  'mfa.removed': iam(3001, 11),
  'auth.succeeded': iam(3002, logon),
  'auth.failed': iam(3002, logon),
  'auth.rate_limited': iam(3002, logon),
  'session.created': iam(3002, logon),
  'session.revoked': iam(3002, logoff),
  'session.reauthenticated': iam(3002, other),
  'sso.break_glass_used': iam(3002, logon),
  'mfa.challenge_failed': iam(3002, other),
  'role.granted': iam(3005, 1),
  'role.revoked': iam(3005, 2),
  'group.member_added': iam(3006, 3),
  'group.member_removed': iam(3006, 4),
  'group.deleted': iam(3006, 5),
  'group.created': iam(3006, 6),
}

/** API Activity goes by what was done to the thing: 1 create, 2 read, 3 update, 4 delete. */
const verbs: readonly (readonly [RegExp, number])[] = [
  [/(?:created|added|invited|requested|placed|enrolled|started)$/, 1],
  [/(?:viewed_by_\w+|downloaded|exported|listed|previewed|tested)$/, 2],
  [/(?:deleted|removed|revoked|released|cancelled|purged|erased|expired)$/, 4],
  [/(?:updated|changed|rotated|enforced|relaxed|approved|denied|activated|deactivated|verified|resumed)$/, 3],
]

const kindOf = (action: string): Kind =>
  kinds[action] ?? { category: 6, class: 6003, activity: verbs.find(([verb]) => verb.test(action))?.[1] ?? other }

/** One event as OCSF has it. What OCSF has no place for is in `unmapped`. */
export function ocsfOf(event: AuditEvent): Readonly<Record<string, Json>> {
  const kind = kindOf(event.action)
  const isWell = event.outcome === 'success'
  return present({
    category_uid: kind.category,
    class_uid: kind.class,
    activity_id: kind.activity,
    ...(kind.activity === other ? { activity_name: event.action } : {}),
    type_uid: kind.class * 100 + kind.activity,
    time: Date.parse(event.occurredAt),
    severity_id: isWell ? 1 : event.outcome === 'denied' ? 3 : 2,
    status_id: isWell ? 1 : 2,
    status_detail: event.reason,
    message: event.action,
    metadata: {
      version: ocsfVersion,
      product: { name: 'Clew', vendor_name: 'Clew' },
      uid: event.id,
      sequence: event.seq,
      event_code: event.action,
      log_name: 'audit',
      logged_time: Date.parse(event.recordedAt),
      tenant_uid: event.organisationId,
      ...(event.context.requestId === undefined ? {} : { correlation_uid: event.context.requestId }),
    },
    actor: actorOf(event),
    src_endpoint: event.context.ip === undefined ? undefined : { ip: event.context.ip },
    http_request: event.context.userAgent === undefined ? undefined : { user_agent: event.context.userAgent },
    ...ofClass(kind.class, event),
    unmapped: present({
      via: event.actor.via,
      targets: event.targets.map((target) => present({ ...target })),
      changes: event.changes.map((change) => present({ ...change } as Record<string, Json>)),
      metadata: event.metadata as Json,
      prev_hash: event.prevHash,
      hash: event.hash,
    }),
  })
}

const actorOf = ({ actor, context }: AuditEvent): Record<string, Json> =>
  present({
    user: present({ uid: actor.id, name: actor.name, type: actor.type }),
    session: context.sessionId === undefined ? undefined : { uid: context.sessionId },
  })

/** What each class must have beside the base. */
function ofClass(classUid: number, event: AuditEvent): Record<string, Json> {
  const named = (...types: string[]): Record<string, Json> | undefined => {
    const found = event.targets.find(({ type }) => types.includes(type))
    return found && present({ uid: found.id, name: found.name })
  }
  const who = { uid: event.actor.id, name: event.actor.name }
  const user = named('member', 'user', 'agent', 'invitation', 'contact') ?? present(who)
  switch (classUid) {
    case 3001:
    case 3002:
      return { user }
    case 3005:
      return { user, privileges: event.changes.flatMap(({ new: now }) => (typeof now === 'string' ? [now] : [])) }
    case 3006:
      return present({ group: named('group') ?? {}, user })
    default:
      return {
        api: present({
          operation: event.action,
          request: event.context.requestId === undefined ? undefined : { uid: event.context.requestId },
        }),
        resources: event.targets.map(({ type, id, name }) => present({ type, uid: id, name })),
      }
  }
}
