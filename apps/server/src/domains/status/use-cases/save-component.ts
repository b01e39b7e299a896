import type { ComponentId } from '@clew/contract/primitives'
import type { SaveComponent, StatusComponent } from '@clew/contract/status'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { componentTarget, recordByTeam } from '../audit-of.ts'
import type { ComponentRow } from '../model.ts'
import { authorizeKeepStatus } from '../policy.ts'
import { insertComponent, lockComponents, updateComponent } from '../repository.components.ts'
import { componentView } from '../views.ts'

type Input = z.output<typeof SaveComponent>

/** Adds a component, which works until someone says otherwise. */
export async function addComponent(ctx: Ctx, input: Input): Promise<StatusComponent> {
  return ctx.transaction(async (tx) => {
    const by = authorizeKeepStatus(tx.actor)
    checkGroup(await lockComponents(tx), undefined, input)
    const added = draft(tx, tx.ids.next() as ComponentId, input)
    if (!(await insertComponent(tx, added))) throw new AppError('component.slug_taken')
    recordByTeam(tx, {
      action: 'component.saved',
      targets: [componentTarget(added.id, added.slug)],
      metadata: { isNew: true },
    })
    tx.emit('component.saved', { componentId: added.id, isNew: true, ...by })
    return componentView(added)
  })
}

/** Changes what a component is called, where it stands and by which words it is known; not how it is. */
export async function editComponent(ctx: Ctx, componentId: ComponentId, input: Input): Promise<StatusComponent> {
  return ctx.transaction(async (tx) => {
    const by = authorizeKeepStatus(tx.actor)
    const all = await lockComponents(tx)
    const known = all.find(({ id }) => id === componentId)
    if (!known) throw new AppError('component.not_found')
    checkGroup(all, known, input)
    if (all.some(({ id, slug }) => slug === input.slug && id !== componentId))
      throw new AppError('component.slug_taken')
    const { status, createdAt } = known
    const edited = { ...draft(tx, componentId, input), status, createdAt }
    await updateComponent(tx, edited)
    recordByTeam(tx, {
      action: 'component.saved',
      targets: [componentTarget(componentId, edited.slug)],
      metadata: { isNew: false },
    })
    tx.emit('component.saved', { componentId, isNew: false, ...by })
    return componentView(edited)
  })
}

export function draft(tx: TxCtx, id: ComponentId, { position, ...input }: Input): ComponentRow {
  const now = tx.clock.now()
  return {
    ...input,
    id,
    groupId: input.groupId,
    place: position,
    status: 'operational',
    createdAt: now,
    updatedAt: now,
  }
}

/** Groups are one level deep, and one that has parts stays a group. */
function checkGroup(all: readonly ComponentRow[], known: ComponentRow | undefined, input: Input): void {
  if (joinsWrongly(all, known, input) || (known && becomesWrongly(all, known, input)))
    throw new AppError('component.group_invalid')
}

function joinsWrongly(all: readonly ComponentRow[], known: ComponentRow | undefined, input: Input): boolean {
  if (input.groupId === undefined) return false
  const group = all.find(({ id }) => id === input.groupId)
  return input.isGroup || !group?.isGroup || group.id === known?.id
}

function becomesWrongly(all: readonly ComponentRow[], known: ComponentRow, input: Input): boolean {
  if (known.isGroup) return !input.isGroup && all.some(({ groupId }) => groupId === known.id)
  // What an incident hurts must stay something that can work again.
  return input.isGroup && known.status !== 'operational'
}
