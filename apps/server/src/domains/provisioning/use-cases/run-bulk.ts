import {
  type BulkOutcome,
  groupType,
  type JsonObject,
  parseBulk,
  type ReadyOperation,
  runBulk,
  userType,
} from '@clew/scim'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Door } from '../model.ts'
import { authorizeCarryOut } from '../policy.ts'
import { carryOut } from './carry-out.ts'

export const maxOperations = 1_000

/** `POST /Bulk` (RFC 7644 §3.7): each operation in a transaction of its own, each logged. */
export function runBulkRequest(ctx: Ctx, door: Door, body: JsonObject): Promise<JsonObject> {
  authorizeCarryOut(ctx.actor, door)
  const request = parseBulk(body, { types: [userType, groupType], maxOperations })
  return runBulk(request, {
    baseUrl: door.baseUrl,
    execute: (operation) => execute(ctx, door, operation),
  })
}

async function execute(ctx: Ctx, door: Door, operation: ReadyOperation): Promise<BulkOutcome> {
  const { method, type, id, version, data } = operation
  const kind = type.id === 'User' ? 'User' : 'Group'
  const outcome = await carryOut(ctx, door, {
    method,
    type: kind,
    id,
    body: data,
    ifMatch: version,
    isShown: false,
    path: `/Bulk ${type.endpoint}${id === undefined ? '' : `/${id}`}`,
  })
  return {
    status: outcome.status,
    id: outcome.id,
    ...(outcome.tag === undefined ? {} : { version: outcome.tag }),
  }
}
