import type {
  FlowDetail,
  FlowDocument,
  FlowFile,
  FlowList,
  FlowVersionDocument,
  FlowVersionList,
} from '@clew/contract/flows'
import type { Http } from './http.ts'

export type FlowsApi = ReturnType<typeof createFlowsApi>

export type FlowToSave = { basedOn: number; document: FlowDocument; note?: string }

/** The routes by which a team reads, changes and publishes flows. */
export function createFlowsApi(http: Http) {
  const at = (flowId: string, part = '') => `/flows/${encodeURIComponent(flowId)}${part}`
  const post = (flowId: string, verb: string, body: object = {}) =>
    http.request<FlowDetail>('POST', at(flowId, `/${verb}`), { body })
  return {
    list: () => http.request<FlowList>('GET', '/flows'),
    read: (flowId: string) => http.request<FlowDetail>('GET', at(flowId)),
    versions: (flowId: string) => http.request<FlowVersionList>('GET', at(flowId, '/versions')),
    document: (flowId: string, version: number) =>
      http.request<FlowVersionDocument>('GET', at(flowId, '/document'), { query: { version } }),
    create: (document: FlowDocument) => http.request<FlowDetail>('POST', '/flows', { body: { document } }),
    save: (flowId: string, input: FlowToSave) => http.request<FlowDetail>('PUT', at(flowId), { body: input }),
    publish: (flowId: string, version: number) => post(flowId, 'publish', { version }),
    unpublish: (flowId: string) => post(flowId, 'unpublish'),
    disable: (flowId: string) => post(flowId, 'disable'),
    restore: (flowId: string, input: { basedOn: number; version: number }) => post(flowId, 'restore', input),
    reset: (flowId: string, basedOn: number) => post(flowId, 'reset', { basedOn }),
    inspect: (file: Blob) => http.request<FlowFile>('POST', '/flows/inspect', { body: file, headers: asYaml }),
    import: (file: Blob, basedOn: number | undefined) =>
      http.request<FlowDetail>('POST', '/flows/import', { query: { basedOn }, body: file, headers: asYaml }),
    fileUrl: (flowId: string, version: number) => http.url(at(flowId, '/file'), { version }),
  }
}

// What a browser says of a YAML file differs from one to the next.
const asYaml = { 'content-type': 'application/yaml' }
