import { badRequest, errorDocument, ScimError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { idFor, planBulk, referencesOf, resolveReferences, withoutReferences } from './plan.ts'
import type { BulkEntry, BulkOperation, BulkRequest } from './request.ts'

export const bulkResponseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'

/** An operation without references, ready to be carried out. */
export type ReadyOperation = BulkOperation

export type BulkOutcome = {
  readonly status: number
  /** Of the resource; what others refer to. Not needed for DELETE. */
  readonly id?: string
  readonly version?: string
}

export type BulkRunner = {
  /** Where the service lies, without a slash at the end. */
  readonly baseUrl: string
  /** Carries out one operation in a transaction of its own; throws `ScimError` for what the client caused. */
  readonly execute: (operation: ReadyOperation) => Promise<BulkOutcome>
}

/**
 * Carries out a bulk request and says what became of each operation, in the order that was sent (RFC 7644 §3.7.3).
 *
 * After `failOnErrors` failures no further operation is begun, and those not begun are missing in the answer. An operation
 * that refers to a resource that could not be created fails with 409; one that refers to a bulkId that nobody uses fails
 * with `invalidValue`. Errors that are no `ScimError` are thrown.
 */
export async function runBulk(request: BulkRequest, runner: BulkRunner): Promise<JsonObject> {
  const progress: Progress = { request, runner, ids: new Map(), results: new Map(), failures: new Set() }
  for (const step of planBulk(request)) {
    if (progress.failures.size >= (request.failOnErrors ?? Number.POSITIVE_INFINITY)) break
    if (progress.failures.has(step.index)) continue
    await attempt(progress, step.index, (entry) =>
      step.kind === 'run' ? run(progress, entry, step.withheld) : complete(progress, entry),
    )
  }
  const results = request.entries.flatMap((_entry, index) => progress.results.get(index) ?? [])
  return { schemas: [bulkResponseSchema], Operations: results }
}

type Progress = {
  readonly request: BulkRequest
  readonly runner: BulkRunner
  /** Of the resources created so far, by bulkId. */
  readonly ids: Map<string, string>
  readonly results: Map<number, JsonObject>
  readonly failures: Set<number>
}

async function attempt(
  { request, runner, ids, results, failures }: Progress,
  index: number,
  carryOut: (entry: BulkEntry) => Promise<BulkOutcome>,
): Promise<void> {
  const entry = request.entries[index]
  if (entry === undefined) return
  try {
    const outcome = await carryOut(entry)
    results.set(index, resultOf(entry, outcome, locationOf(entry, { ids, runner, outcome })))
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    failures.add(index)
    const failed = resultOf(entry, { status: error.status }, locationOf(entry, { ids, runner }))
    results.set(index, { ...failed, response: { ...errorDocument(error) } })
  }
}

async function run(progress: Progress, entry: BulkEntry, withheld: readonly string[]): Promise<BulkOutcome> {
  if (entry.kind === 'refused') throw entry.error
  requireReferences(progress, entry, withheld)
  const { operation } = entry
  const ready = makeReady(operation, progress.ids, withheld)
  const outcome = await progress.runner.execute(ready)
  if (operation.method === 'POST' && operation.bulkId !== undefined && outcome.id !== undefined) {
    progress.ids.set(operation.bulkId, outcome.id)
  }
  return outcome
}

/** Writes the whole data over what was created without the references of a circle. */
async function complete(progress: Progress, entry: BulkEntry): Promise<BulkOutcome> {
  if (entry.kind === 'refused') throw entry.error
  requireReferences(progress, entry, [])
  const { bulkId = '', data = {}, type } = entry.operation
  const id = progress.ids.get(bulkId) ?? ''
  const whole: ReadyOperation = { method: 'PUT', type, id, data: resolveReferences(data, progress.ids) }
  return { ...(await progress.runner.execute(whole)), status: 201, id }
}

function requireReferences({ request, ids }: Progress, entry: BulkEntry, withheld: readonly string[]): void {
  const used = new Set(
    request.entries.map((other) => (other.kind === 'operation' ? other.operation.bulkId : other.bulkId)),
  )
  for (const bulkId of referencesOf(entry)) {
    if (withheld.includes(bulkId) || ids.has(bulkId)) continue
    if (!used.has(bulkId)) throw badRequest('invalidValue', 'A reference names a bulkId that no operation has.')
    throw new ScimError(409, 'A reference names a resource that was not created.')
  }
}

function makeReady(
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
  withheld: readonly string[],
): ReadyOperation {
  const { id, data } = operation
  return {
    ...operation,
    ...(id === undefined ? {} : { id: idFor(id, ids) }),
    ...(data === undefined ? {} : { data: resolveReferences(withoutReferences(data, withheld), ids) }),
  }
}

function resultOf(entry: BulkEntry, outcome: BulkOutcome, location: string | undefined): JsonObject {
  const { method, bulkId } = entry.kind === 'operation' ? entry.operation : entry
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(outcome.version === undefined ? {} : { version: outcome.version }),
    ...(location === undefined ? {} : { location }),
    status: String(outcome.status),
  }
}

type Located = {
  readonly ids: ReadonlyMap<string, string>
  readonly runner: BulkRunner
  readonly outcome?: BulkOutcome
}

/** Required in the answer except where a POST failed (RFC 7644 §3.7.3). */
function locationOf(entry: BulkEntry, { ids, runner, outcome }: Located): string | undefined {
  if (entry.kind === 'refused') return undefined
  const { type, bulkId = '' } = entry.operation
  const id = outcome?.id ?? (entry.operation.id === undefined ? ids.get(bulkId) : idFor(entry.operation.id, ids))
  return id === undefined ? undefined : `${runner.baseUrl}${type.endpoint}/${encodeURIComponent(id)}`
}
