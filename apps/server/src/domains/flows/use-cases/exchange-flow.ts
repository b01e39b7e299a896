import type { Readable } from 'node:stream'
import { type FlowFile, maxFlowBytes } from '@clew/contract/flows'
import { type Flow, validateFlows } from '@clew/flows'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { authorizeEditor, authorizeReader } from '../authorize.ts'
import { listLatest } from '../repository.ts'
import { invalid } from '../write-version.ts'
import { createFlow } from './create-flow.ts'
import { readVersion } from './list-flows.ts'
import { saveFlow } from './save-flow.ts'

/** The start does not wait for what the first file needs. */
const files = () => import('@clew/flows/yaml')

/** Reads a file without keeping anything: what is in it, what is wrong with it and where, and what it would replace. */
export async function inspectFile(ctx: Ctx, body: Readable | undefined): Promise<FlowFile> {
  await ctx.transaction((tx) => authorizeReader(tx))
  const { flow, problems } = (await files()).readFlow(await textOf(body))
  if (!flow) return { problems: problems.map((problem) => ({ ...problem, params: { ...problem.params } })) }
  return ctx.transaction(async (tx) => {
    const all = await listLatest(tx)
    const others = all.map(({ latest }) => latest.document).filter(({ id }) => id !== flow.id)
    const lost = validateFlows([...others, flow]).filter(({ flowId }) => flowId === flow.id)
    const existing = all.find(({ row }) => row.id === flow.id)
    return {
      problems: lost.map(({ path, code, params }) => ({ path, code, params: { ...params } })),
      document: flow,
      ...(existing ? { existing: { version: existing.row.version, document: existing.latest.document } } : {}),
    }
  })
}

/** Saves a file as a new flow, or as a new version of the one that is there when the caller has seen which that is. */
export async function importFlow(
  ctx: Ctx,
  { body, basedOn }: { body: Readable | undefined; basedOn: number | undefined },
): Promise<{ flowId: string }> {
  await ctx.transaction((tx) => authorizeEditor(tx))
  const { flow, problems } = (await files()).readFlow(await textOf(body))
  if (!flow) throw invalid(problems)
  if (basedOn === undefined) return createFlow(ctx, { document: flow })
  await saveFlow(ctx, { flowId: flow.id, basedOn, document: flow })
  return { flowId: flow.id }
}

/** A version as a file. */
export async function exportFlow(
  ctx: Ctx,
  about: { flowId: string; version: number | undefined },
): Promise<{ name: string; yaml: string }> {
  const { version, document } = await readVersion(ctx, about)
  return { name: `${about.flowId}.v${version}.yaml`, yaml: (await files()).printFlow(document as Flow) }
}

async function textOf(body: Readable | undefined): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += (piece as Buffer).length
    if (size > maxFlowBytes) throw new AppError('flow.too_large')
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces).toString('utf8')
}
