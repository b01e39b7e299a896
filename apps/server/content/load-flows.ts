import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Flow, type FlowLibrary, flowLibrary, validateFlows } from '@clew/flows'
import { readFlow } from '@clew/flows/yaml'

/** The starter flows of a content folder. One that is wrong stops the start, with its place, rather than a person's way. */
export function loadFlows(contentFolder: string): FlowLibrary {
  const folder = join(contentFolder, 'flows')
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const flows = names.sort().map((name) => loadFlow(folder, name))
  const [lost] = validateFlows(flows)
  if (lost) throw new Error(`${lost.flowId}.yaml: ${lost.path}: ${lost.code} ${JSON.stringify(lost.params)}`)
  return flowLibrary(flows)
}

function loadFlow(folder: string, name: string): Flow {
  const { flow, problems } = readFlow(readFileSync(join(folder, name), 'utf8'))
  if (flow && `${flow.id}.yaml` === name) return flow
  if (flow) throw new Error(`${name}: holds the flow ${flow.id}`)
  const [first] = problems
  throw new Error(
    `${name}:${first?.line}:${first?.column}: ${first?.path}: ${first?.code} ${JSON.stringify(first?.params)}`,
  )
}
