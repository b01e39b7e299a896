import type { AuditAction } from '@clew/contract/audit-actions'
import type { ProvisioningChange } from '@clew/contract/provisioning'
import type { TxCtx } from '../../platform/ctx.ts'
import { type AuditChange, recordAudit } from '../audit/index.ts'
import type { Door } from './model.ts'

type Audited = {
  row: { id: string; shownName: string }
  action: Extract<AuditAction, `scim.user.${string}`>
  changes: readonly ProvisioningChange[]
}

/** What attributes say of a person is kept beside the chain, so that it can be erased. */
export function auditUser(tx: TxCtx, door: Door, { row, action, changes }: Audited): void {
  recordAudit(tx, {
    action,
    targets: [{ type: 'member', id: row.id, name: row.shownName }],
    changes: changes.flatMap(auditChangeOf),
    metadata: factsOf(door, changes),
  })
}

export function auditGroup(
  tx: TxCtx,
  door: Door,
  group: {
    id: string
    name: string
    action: Extract<AuditAction, `scim.group.${string}`>
    changes: readonly ProvisioningChange[]
    members: { added: readonly string[]; removed: readonly string[] }
  },
): void {
  const { id, name, action, changes, members } = group
  const people = [...members.added, ...members.removed].slice(0, maxTargets)
  recordAudit(tx, {
    action,
    targets: [{ type: 'group', id, name }, ...people.map((member) => ({ type: 'member', id: member }))],
    changes: changes.flatMap(auditChangeOf),
    metadata: {
      ...factsOf(door, changes),
      members_added: members.added.length,
      members_removed: members.removed.length,
    },
  })
}

export function auditRoles(
  tx: TxCtx,
  door: Door,
  changes: readonly { memberId: string; name: string; from: string; to: string }[],
): void {
  for (const { memberId, name, from, to } of changes) {
    recordAudit(tx, {
      action: 'role.granted',
      targets: [{ type: 'member', id: memberId, name }],
      changes: [{ field: 'role', old: from, new: to }],
      metadata: { connection: door.connection.id },
    })
  }
}

const maxTargets = 50

function auditChangeOf(change: ProvisioningChange): AuditChange[] {
  switch (change.kind) {
    case 'value': {
      const { name, old, new: now } = change
      const isOpen = name === 'active'
      return [
        {
          field: name,
          ...(old === undefined ? {} : { old }),
          ...(now === undefined ? {} : { new: now }),
          personal: !isOpen,
        },
      ]
    }
    case 'elements':
      return [{ field: change.name, old: change.removed, new: change.added, personal: true }]
    case 'secret':
      return []
    case 'members':
    case 'effect':
      return []
  }
}

function factsOf({ connection, token }: Door, changes: readonly ProvisioningChange[]) {
  const effects = changes.flatMap((change) => (change.kind === 'effect' ? [change.effect] : []))
  return {
    connection: connection.id,
    token: token.id,
    ...(effects.length === 0 ? {} : { effects: [...new Set(effects)] }),
  }
}
