import { currentFlowId } from './aliases.ts'
import type { Flow } from './flow.ts'

/** The flows that a caller has, by id. Without a version the newest is meant. */
export type FlowLibrary = {
  all: readonly Flow[]
  find(flowId: string, version?: number): Flow | undefined
  /** Taken out of use at once: whoever is in it is for a person. */
  isStopped(flowId: string): boolean
}

type Besides = {
  /** Versions that nobody begins with any more, for the runs that did. */
  older?: readonly Flow[]
  stopped?: readonly string[]
}

/** `flows` may hold several versions of one; a run begins with the newest. */
export function flowLibrary(flows: readonly Flow[], { older = [], stopped = [] }: Besides = {}): FlowLibrary {
  const every = [...flows, ...older]
  const newest = new Map<string, Flow>()
  for (const flow of flows) if (flow.version >= (newest.get(flow.id)?.version ?? 0)) newest.set(flow.id, flow)
  return {
    all: [...newest.values()],
    find: (flowId, version) => {
      const id = currentFlowId(flowId)
      return version === undefined ? newest.get(id) : every.find((flow) => flow.id === id && flow.version === version)
    },
    isStopped: (flowId) => stopped.includes(currentFlowId(flowId)),
  }
}
