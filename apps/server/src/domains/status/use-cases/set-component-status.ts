import type { ComponentId } from '@clew/contract/primitives'
import type { ComponentStatus, StatusComponent } from '@clew/contract/status'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { componentTarget, recordByTeam } from '../audit-of.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { changeComponents, lockComponents } from '../repository.components.ts'
import { componentView } from '../views.ts'

/** Says how a component is, without an incident. To say again what is said already changes nothing. */
export async function setComponentStatus(
  ctx: Ctx,
  componentId: ComponentId,
  status: ComponentStatus,
): Promise<StatusComponent> {
  return ctx.transaction(async (tx) => {
    const by = authorizeKeepStatus(tx.actor)
    const component = (await lockComponents(tx)).find(({ id }) => id === componentId)
    if (!component) throw new AppError('component.not_found')
    if (component.isGroup) throw new AppError('component.group_invalid')
    if (component.status === status) return componentView(component)
    const change = { componentId, from: component.status, to: status }
    await changeComponents(tx, [change], by)
    recordByTeam(tx, {
      action: 'component.status_changed',
      targets: [componentTarget(componentId, component.slug)],
      changes: [{ field: 'status', old: component.status, new: status }],
    })
    tx.emit('component.status_changed', { ...change, ...by })
    return componentView({ ...component, status, updatedAt: tx.clock.now() })
  })
}
