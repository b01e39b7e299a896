import { type Flow, parseFlow, validateFlow, validateFlows } from '@clew/flows'
import { AppError } from '../../platform/app-error.ts'
import type { TxCtx } from '../../platform/ctx.ts'
import { recordAudit } from '../audit/index.ts'
import { type Author, type FlowRow, saysTheSame } from './model.ts'
import { findVersion, insertVersion, listLatest } from './repository.ts'

export type Change = { document: Flow; author: Author; note?: string | undefined; restoredFrom?: number | undefined }

/**
 * Adds a version to a flow that is held. What says the same as the last one is no version; what says the same as the
 * starter follows newer versions of the product again.
 */
export async function writeVersion(tx: TxCtx, row: FlowRow, change: Change): Promise<void> {
  const latest = await findVersion(tx, row.id, row.version)
  if (latest && saysTheSame(latest.document, change.document)) return
  const origin = row.starter && saysTheSame(row.starter, change.document) ? 'starter' : 'team'
  const version = row.version + 1
  await insertVersion(tx, { ...change, origin, document: { ...change.document, version } })
  recordAudit(tx, {
    action: 'flow.saved',
    targets: [{ type: 'flow', id: row.id, name: row.id }],
    metadata: { version, ...(change.restoredFrom === undefined ? {} : { restoredFrom: change.restoredFrom }) },
  })
}

/** Who saves over a version that they have not seen is told whose it is. */
export async function refuseStale(tx: TxCtx, row: FlowRow, basedOn: number): Promise<void> {
  if (row.version === basedOn) return
  const latest = await findVersion(tx, row.id, row.version)
  throw new AppError('flow.conflict', { name: latest?.authorName ?? 'Clew', version: row.version })
}

/** A flow that makes sense by itself and among the others, or every reason why it does not. */
export async function checkDocument(tx: TxCtx, input: unknown): Promise<Flow> {
  const problems = validateFlow(input)
  if (problems.length > 0) throw invalid(problems)
  const flow = parseFlow(input)
  const others = (await listLatest(tx)).map(({ latest }) => latest.document).filter(({ id }) => id !== flow.id)
  const lost = validateFlows([...others, flow]).filter(({ flowId }) => flowId === flow.id)
  if (lost.length > 0) throw invalid(lost)
  return flow
}

type Fault = { path: string; code: string; line?: number; column?: number }

export function invalid(faults: readonly Fault[]): AppError {
  const [first] = faults
  return new AppError(
    'flow.invalid',
    { path: first?.path || '–', problem: first?.code ?? 'missing' },
    {
      issues: faults
        .slice(0, 50)
        .map(({ path, code, line, column }) => ({ path, message: placed(code, line, column) })),
    },
  )
}

const placed = (code: string, line?: number, column?: number): string =>
  line === undefined ? code : `${code} (${line}:${column ?? 1})`
