import { ScimError } from '@clew/scim'
import { AppError } from '../../../platform/app-error.ts'
import { monotonicMs } from '../../../platform/clock.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { codeOf } from '../../../platform/database.ts'
import { changeGroup, createGroup, removeGroup } from '../groups.ts'
import { keptBody } from '../model.log.ts'
import { isId, refuseUnstorable } from '../model.resource.ts'
import type { Door, Outcome, WriteRequest } from '../model.ts'
import { authorizeCarryOut, authorizeToken } from '../policy.ts'
import { insertRequest } from '../repository.requests.ts'
import { changeUser, createUser, removeUser } from '../users.ts'

export type Write = WriteRequest & {
  /** Whether a group is to be given back with its members. */
  isShown: boolean
  /** As it was asked, below the connection. */
  path: string
}

/**
 * Carries out one change, all of it or nothing, and writes it into the log in the same transaction. What is refused is
 * logged too. Throws `ScimError` for whatever the identity provider has caused.
 */
export async function carryOut(ctx: Ctx, door: Door, write: Write): Promise<Outcome> {
  authorizeToken(door, write.type, 'write')
  const startedAt = monotonicMs()
  try {
    return await ctx.transaction(async (tx) => {
      const outcome = await perform(tx, door, write)
      await log(tx, door, { write, startedAt, outcome })
      return outcome
    })
  } catch (error) {
    const refusal = refusalOf(error)
    const status = refusal?.status ?? 500
    await ctx.transaction((tx) => log(tx, door, { write, startedAt, refusal: refusal ?? new ScimError(status, '') }))
    throw refusal ?? error
  }
}

/** The change itself. Whoever calls it decides whether it is kept. */
export async function perform(tx: TxCtx, door: Door, write: WriteRequest & { isShown: boolean }): Promise<Outcome> {
  authorizeCarryOut(tx.actor, door)
  const { method, type, body } = write
  if (body !== undefined) refuseUnstorable(body)
  if (type === 'User') {
    if (method === 'POST') return createUser(tx, door, write)
    return method === 'DELETE' ? removeUser(tx, door, write) : changeUser(tx, door, write)
  }
  if (method === 'POST') return createGroup(tx, door, body ?? {})
  return method === 'DELETE' ? removeGroup(tx, door, write) : changeGroup(tx, door, write)
}

const uniqueViolation = '23505'

/** What the other side has caused, in the protocol's words; undefined for a defect of ours. */
export function refusalOf(error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error
  if (error instanceof AppError) return inScimWords(error)
  // Two requests at once wanted the same; the index has decided.
  if (codeOf(error) === uniqueViolation) {
    return new ScimError(409, 'Another resource has this value already.', { scimType: 'uniqueness' })
  }
  return undefined
}

/** What the rooms below refuse, as somebody reads it who looks after an identity provider. */
function inScimWords({ code }: AppError): ScimError | undefined {
  switch (code) {
    case 'member.last_owner':
      return new ScimError(403, 'The last owner of an organisation can be neither deactivated nor removed.')
    case 'seat.none_left':
      return new ScimError(409, 'The organisation has no free seat left.')
    case 'invitation.address_taken':
    case 'invitation.member_deactivated':
      return new ScimError(409, 'Another member has this e-mail address.', { scimType: 'uniqueness' })
    case 'member.not_found':
      return new ScimError(404, 'There is no such User.')
    default:
      return undefined
  }
}

type Logged = { write: Write; startedAt: number } & ({ outcome: Outcome } | { refusal: ScimError })

async function log(tx: TxCtx, { connection, token }: Door, logged: Logged): Promise<void> {
  const { write, startedAt } = logged
  const { id = write.id, ...came } = cameOf(logged)
  const { body, omittedBytes } = keptBody(write.body)
  await insertRequest(tx, {
    connectionId: connection.id,
    organisationId: connection.organisationId,
    tokenId: token.id,
    tokenHint: token.hint,
    method: write.method,
    path: write.path.slice(0, maxPath),
    resourceType: write.type,
    resourceId: id !== undefined && isId(id) ? id : undefined,
    body,
    omittedBytes,
    ifMatch: write.ifMatch?.slice(0, maxPath),
    ...came,
    durationMs: Math.round(monotonicMs() - startedAt),
    address: tx.origin.address,
    userAgent: tx.origin.userAgent,
  })
}

/** What came of a request, in the columns of the log. */
function cameOf(logged: Logged) {
  if ('refusal' in logged) {
    const { status, scimType, message } = logged.refusal
    return { id: undefined, resourceName: undefined, status, scimType, detail: message, changes: [] }
  }
  const { id, name, status, changes } = logged.outcome
  return { id, resourceName: name, status, scimType: undefined, detail: undefined, changes }
}

const maxPath = 1_000
