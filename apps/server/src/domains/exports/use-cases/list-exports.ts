import type { ConsoleExport, ConsoleExportList, ListExports } from '@clew/contract/exports'
import type { z } from 'zod'
import type { MemberActor } from '../../../platform/actor.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listMemberNames } from '../../organisations/index.ts'
import type { ExportRow } from '../model.ts'
import { authorizeLook, authorizeSee, seesAll } from '../policy.ts'
import { findExport, listExports as listRows } from '../repository.ts'
import { exportView } from '../views.ts'

/** One's own, or for those who approve, everybody's; the newest first. */
export async function listExports(ctx: Ctx, page: z.output<typeof ListExports>): Promise<ConsoleExportList> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeLook(actor)
    const by = seesAll(actor) ? undefined : actor.id
    const rows = await listRows(tx, actor.organisationId, { by, before: page.cursor, limit: page.limit + 1 })
    const shown = rows.slice(0, page.limit)
    const last = shown.at(-1)
    return {
      exports: await viewsOf(tx, actor, shown),
      canRequest: actor.permissions.has('exports.request'),
      canApprove: actor.permissions.has('exports.approve'),
      ...(rows.length > page.limit && last ? { next: last.id } : {}),
    }
  })
}

export async function readExport(ctx: Ctx, id: string): Promise<ConsoleExport> {
  return ctx.transaction(async (tx) => {
    const row = await findExport(tx, id)
    authorizeSee(tx.actor, row)
    authorizeLook(tx.actor)
    return seenBy(tx, tx.actor, row)
  })
}

export async function seenBy(tx: TxCtx, actor: MemberActor, row: ExportRow): Promise<ConsoleExport> {
  const [view] = await viewsOf(tx, actor, [row])
  if (!view) throw new Error('a row has a view')
  return view
}

async function viewsOf(tx: TxCtx, actor: MemberActor, rows: readonly ExportRow[]): Promise<ConsoleExport[]> {
  const ids = rows.flatMap(({ requestedBy, decidedBy }) => (decidedBy ? [requestedBy, decidedBy] : [requestedBy]))
  const names = await listMemberNames(tx, [...new Set(ids)])
  return rows.map((row) => exportView(row, { actor, names, now: tx.clock.now() }))
}
