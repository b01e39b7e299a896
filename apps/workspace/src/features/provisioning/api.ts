import type {
  ConnectionList,
  DryRun,
  MadeScimToken,
  ProviderKind,
  ProvisioningConnection,
  ProvisioningRequestList,
  RenameConnection,
  SaveConnection,
  TokenScope,
  WholeProvisioningRequest,
} from '@clew/contract/provisioning'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

const base = '/console/provisioning'

export const connectionsQuery = queryOptions({
  queryKey: ['provisioning', 'connections'],
  queryFn: () => http.request<ConnectionList>('GET', base),
  // An identity provider calls by itself, and what it did is to be seen.
  refetchInterval: 30_000,
})

export type Which = 'all' | 'refused'

export const requestsQuery = (connectionId: string, which: Which) =>
  infiniteQueryOptions({
    queryKey: ['provisioning', 'requests', connectionId, which],
    queryFn: ({ pageParam }) =>
      http.request<ProvisioningRequestList>('GET', `${base}/${connectionId}/requests`, {
        query: { which, ...(pageParam === '' ? {} : { before: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ requests, hasMore }) => (hasMore ? (requests.at(-1)?.id as string | undefined) : undefined),
    refetchInterval: 30_000,
  })

export const requestQuery = (connectionId: string, requestId: string) =>
  queryOptions({
    queryKey: ['provisioning', 'request', connectionId, requestId],
    queryFn: () => http.request<WholeProvisioningRequest>('GET', `${base}/${connectionId}/requests/${requestId}`),
  })

export const provisioningApi = {
  add: (body: { name: string; kind: ProviderKind }) => http.request<ProvisioningConnection>('POST', base, { body }),
  save: (id: string, body: SaveConnection) => http.request<ProvisioningConnection>('PUT', `${base}/${id}`, { body }),
  rename: (id: string, body: RenameConnection) =>
    http.request<ProvisioningConnection>('PATCH', `${base}/${id}`, { body }),
  remove: (id: string) => http.request<void>('DELETE', `${base}/${id}`),
  makeToken: (id: string, body: { scope: TokenScope; lifeDays: number; as?: string }) =>
    http.request<MadeScimToken>('POST', `${base}/${id}/tokens`, { body }),
  rotateToken: (id: string, tokenId: string, overlapDays: number) =>
    http.request<MadeScimToken>('POST', `${base}/${id}/tokens/${tokenId}/rotate`, { body: { overlapDays } }),
  revokeToken: (id: string, tokenId: string) => http.request<void>('DELETE', `${base}/${id}/tokens/${tokenId}`),
  dryRun: (id: string, requestId: string) =>
    http.request<DryRun>('POST', `${base}/${id}/requests/${requestId}/dry-run`),
}
