import { createFlowsApi } from '@clew/client/flows-api'
import type { FlowDocument } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const flowsApi = createFlowsApi(http)

export const flowsQuery = queryOptions({ queryKey: ['flows'], queryFn: flowsApi.list })

export const flowQuery = (flowId: string) =>
  queryOptions({ queryKey: ['flows', flowId], queryFn: () => flowsApi.read(flowId) })

export const versionsQuery = (flowId: string) =>
  queryOptions({ queryKey: ['flows', flowId, 'versions'], queryFn: () => flowsApi.versions(flowId) })

export const documentQuery = (flowId: string, version: number) =>
  queryOptions({
    queryKey: ['flows', flowId, 'document', version],
    queryFn: () => flowsApi.document(flowId, version),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What the server keeps was checked by the same rules as here. */
export const asFlow = (document: FlowDocument): Flow => document as Flow
