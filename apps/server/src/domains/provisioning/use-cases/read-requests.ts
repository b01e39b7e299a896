import type { ListRequests, ProvisioningRequestList, WholeProvisioningRequest } from '@clew/contract/provisioning'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeRead } from '../policy.ts'
import { findRequest, listRequests } from '../repository.requests.ts'
import { findConnection } from '../repository.ts'
import { requestView, wholeRequestView } from '../views.ts'
import { canReplay } from './replay-request.ts'

/** What an identity provider asked for, the newest first. */
export async function readRequests(
  ctx: Ctx,
  asked: ListRequests & { connectionId: string },
): Promise<ProvisioningRequestList> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    if ((await findConnection(tx, asked.connectionId)) === undefined)
      throw new AppError('provisioning.connection_not_found')
    const rows = await listRequests(tx, {
      connectionId: asked.connectionId,
      which: asked.which,
      resourceId: asked.resourceId,
      before: asked.before,
      limit: asked.limit + 1,
    })
    return { requests: rows.slice(0, asked.limit).map(requestView), hasMore: rows.length > asked.limit }
  })
}

/** One of them whole, with its body. */
export async function readRequest(
  ctx: Ctx,
  asked: { connectionId: string; requestId: string },
): Promise<WholeProvisioningRequest> {
  return ctx.transaction(async (tx) => {
    authorizeRead(tx.actor)
    const row = await findRequest(tx, { connectionId: asked.connectionId, id: asked.requestId })
    if (row === undefined) throw new AppError('provisioning.request_not_found')
    return wholeRequestView(row, canReplay(row))
  })
}
