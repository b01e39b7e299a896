import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Flow } from '@clew/flows'
import { builtFlowsFile, serverFolder } from './folders.ts'

/** The flows that come with the product: as the build has read and checked them, or from their sources where there is none. */
export async function readStarterFlows(): Promise<readonly Flow[]> {
  if (existsSync(builtFlowsFile)) return JSON.parse(await readFile(builtFlowsFile, 'utf8')) as Flow[]
  const { loadFlows } = await import('../content/load-flows.ts')
  return loadFlows(join(serverFolder, 'content')).all
}
