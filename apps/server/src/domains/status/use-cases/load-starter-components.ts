import type { ComponentId } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { hasComponents, insertComponent } from '../repository.components.ts'
import { starterComponents } from '../starter-components.ts'
import { draft } from './save-component.ts'

/** Gives a new installation components to begin with. Where there are any, they are the team's and stay as they are. */
export async function loadStarterComponents(ctx: Ctx, { appHost }: { appHost: string }): Promise<{ added: number }> {
  return ctx.transaction(async (tx) => {
    authorizeKeepStatus(tx.actor)
    if (await hasComponents(tx)) return { added: 0 }
    let added = 0
    for (const each of starterComponents(appHost)) {
      const component = draft(tx, tx.ids.next() as ComponentId, each)
      if (!(await insertComponent(tx, component))) continue
      tx.emit('component.saved', { componentId: component.id, isNew: true })
      added += 1
    }
    return { added }
  })
}
