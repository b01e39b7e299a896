import type {
  Connector,
  ConnectorTest,
  LookUpRequest,
  RequestLookupList,
  SaveConnector,
  SavedConnector,
} from '@clew/contract/connectors'
import type { Http } from './http.ts'

const lookupsOf = (conversationId: string): string => `/conversations/${encodeURIComponent(conversationId)}/lookups`

/** The routes by which request ids are looked up in the product's own logs, and by which owners say where. */
export const createConnectorsApi = (http: Http) => ({
  lookups: (conversationId: string) => http.request<RequestLookupList>('GET', lookupsOf(conversationId)),
  lookUp: (conversationId: string, input: LookUpRequest) =>
    http.request<RequestLookupList>('POST', lookupsOf(conversationId), { body: input }),
  connector: () => http.request<Connector>('GET', '/connector'),
  save: (input: SaveConnector) => http.request<SavedConnector>('PUT', '/connector', { body: input }),
  test: (input: LookUpRequest) => http.request<ConnectorTest>('POST', '/connector/test', { body: input }),
})
