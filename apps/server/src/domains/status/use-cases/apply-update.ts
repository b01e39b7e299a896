import type { LocalText } from '@clew/contract/status'
import { AppError } from '../../../platform/app-error.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { type Affected, type ComponentRow, changesOf, type IncidentRow, isOpen, type UpdateRow } from '../model.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { changeComponents } from '../repository.components.ts'
import { insertUpdate, listAffectedByOthers, setAffected } from '../repository.ts'

/**
 * Adds an update to an incident that the caller holds, and lets the components follow. A resolved incident keeps the
 * list of what it hurt, but hurts it no longer.
 *
 * @param about.incident as it is from now on, apart from its components and updates.
 */
export async function applyUpdate(
  tx: TxCtx,
  about: {
    incident: IncidentRow
    update: UpdateRow
    affected: readonly Affected[]
    components: readonly ComponentRow[]
  },
): Promise<IncidentRow> {
  const { agentId } = authorizeKeepStatus(tx.actor)
  const { incident, update, affected, components } = about
  const changes = changesOf({
    components,
    before: incident.components,
    after: isOpen(incident) ? affected : [],
    others: await listAffectedByOthers(tx, incident.id),
  })
  await insertUpdate(tx, update)
  await setAffected(tx, incident.id, affected)
  await changeComponents(tx, changes, { incidentId: incident.id, updateId: update.id, agentId })
  for (const change of changes)
    tx.emit('component.status_changed', {
      ...change,
      incidentId: incident.id,
      ...(agentId === undefined ? {} : { agentId }),
    })
  return { ...incident, components: affected, updates: [{ ...update, changes }, ...incident.updates] }
}

/** Only parts that are there can be hurt, and a group is hurt through its parts. */
export function checkAffected(components: readonly ComponentRow[], affected: readonly Affected[]): void {
  for (const { componentId } of affected) {
    const found = components.find(({ id }) => id === componentId)
    if (!found) throw new AppError('component.not_found')
    if (found.isGroup) throw new AppError('component.group_invalid')
  }
}

export const sameWords = (a: LocalText, b: LocalText): boolean => a.en === b.en && a.el === b.el
