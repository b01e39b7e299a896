import type {
  AuditStreamList,
  AuditStreamTest,
  CreateAuditStream,
  SavedAuditStream,
  UpdateAuditStream,
} from '@clew/contract/audit-streams'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const streamsQuery = queryOptions({
  queryKey: ['audit', 'streams'],
  queryFn: () => http.request<AuditStreamList>('GET', '/console/audit/streams'),
  refetchInterval: 5_000,
})

const pathOf = (id: string): string => `/console/audit/streams/${encodeURIComponent(id)}`

export const streamsApi = {
  create: (input: CreateAuditStream) =>
    http.request<SavedAuditStream>('POST', '/console/audit/streams', { body: input }),
  change: (id: string, input: UpdateAuditStream) => http.request<SavedAuditStream>('PUT', pathOf(id), { body: input }),
  remove: (id: string) => http.request<void>('DELETE', pathOf(id)),
  test: (id: string) => http.request<AuditStreamTest>('POST', `${pathOf(id)}/test`, { body: {} }),
}
