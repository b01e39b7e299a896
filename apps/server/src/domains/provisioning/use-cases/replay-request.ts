import type { DryRun, ProvisioningChange } from '@clew/contract/provisioning'
import { ScimError } from '@clew/scim'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Door, Outcome, WriteRequest } from '../model.ts'
import { authorizeManage } from '../policy.ts'
import { findRequest, type RequestRow } from '../repository.requests.ts'
import { findConnection } from '../repository.ts'
import { perform, refusalOf } from './carry-out.ts'

/** Carries the nothing that is kept out of the transaction. */
class NotKept extends Error {
  readonly outcome: Outcome
  constructor(outcome: Outcome) {
    super('a dry run keeps nothing')
    this.outcome = outcome
  }
}

/** Does once more what a request asked for, in a transaction that is rolled back, and says what it would change now. */
export async function replayRequest(
  ctx: Ctx,
  { connectionId, requestId, baseUrl }: { connectionId: string; requestId: string; baseUrl: string },
): Promise<DryRun> {
  const { door, row } = await ctx.transaction((tx) => find(tx, { connectionId, requestId, baseUrl }))
  const write = writeOf(row)
  const now = await tryOut(ctx, door, write)
  return {
    ...now,
    before: { status: row.status, changes: [...row.changes] },
    isSame: now.status === row.status && sameChanges(now.changes, row.changes),
  }
}

async function find(
  tx: TxCtx,
  { connectionId, requestId, baseUrl }: { connectionId: string; requestId: string; baseUrl: string },
): Promise<{ door: Door; row: RequestRow }> {
  authorizeManage(tx.actor)
  const connection = await findConnection(tx, connectionId)
  const row = connection && (await findRequest(tx, { connectionId, id: requestId }))
  if (connection === undefined || row === undefined) throw new AppError('provisioning.request_not_found')
  if (!canReplay(row)) throw new AppError('provisioning.request_incomplete')
  const token = {
    id: row.tokenId ?? '',
    hint: row.tokenHint ?? '',
    scope: { users: true, groups: true, readOnly: false },
    usedAt: undefined,
  }
  return { door: { connection, token, baseUrl }, row }
}

export const canReplay = ({ method, body, resourceType, erasedAt }: RequestRow): boolean =>
  erasedAt === undefined &&
  (resourceType === 'User' || resourceType === 'Group') &&
  (method === 'DELETE' || body !== undefined)

/** Without the version that it was sent for: that has passed, and what is asked is what it would change. */
function writeOf({ method, resourceType, resourceId, body }: RequestRow): WriteRequest {
  return {
    method: method as WriteRequest['method'],
    type: resourceType as WriteRequest['type'],
    ...(method === 'POST' ? {} : { id: resourceId }),
    body,
  }
}

type Now = Pick<DryRun, 'status' | 'changes'> & { scimType?: string; detail?: string }

async function tryOut(ctx: Ctx, door: Door, write: WriteRequest): Promise<Now> {
  try {
    await ctx.transaction(async (tx) => {
      throw new NotKept(await perform(tx, door, { ...write, isShown: false }))
    })
    throw new Error('a dry run was kept')
  } catch (error) {
    if (error instanceof NotKept) return { status: error.outcome.status, changes: [...error.outcome.changes] }
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return refused(refusal)
  }
}

const refused = ({ status, scimType, message }: ScimError): Now => ({
  status,
  changes: [],
  detail: message,
  ...(scimType === undefined ? {} : { scimType }),
})

const sameChanges = (a: readonly ProvisioningChange[], b: readonly ProvisioningChange[]): boolean =>
  canonical(a) === canonical(b)

/** The database gives the names of an object back in another order. */
function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join()}}`
}
