import type {
  AuditActorList,
  AuditCheck,
  AuditEvent,
  AuditEventDetail,
  AuditEventPage,
  AuditExportFormat,
  AuditFilter,
  AuditOverview,
} from '@clew/contract/audit'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const overviewQuery = queryOptions({
  queryKey: ['audit'],
  queryFn: () => http.request<AuditOverview>('GET', '/console/audit'),
  refetchInterval: 30_000,
})

export const recentQuery = queryOptions({
  queryKey: ['audit', 'recent'],
  queryFn: () => http.request<{ events: AuditEvent[] }>('GET', '/console/audit/recent'),
  refetchInterval: 30_000,
})

export const eventsQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'events', filter],
    queryFn: ({ pageParam }) =>
      http.request<AuditEventPage>('GET', '/console/audit/events', {
        query: { ...filter, ...(pageParam === 0 ? {} : { before: pageParam }) },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })

export const eventQuery = (seq: number) =>
  queryOptions({
    queryKey: ['audit', 'event', seq],
    queryFn: () => http.request<AuditEventDetail>('GET', `/console/audit/events/${seq}`),
  })

export const actorsQuery = queryOptions({
  queryKey: ['audit', 'actors'],
  queryFn: () => http.request<AuditActorList>('GET', '/console/audit/actors'),
  staleTime: 60_000,
})

export const verifyLog = () => http.request<AuditCheck>('POST', '/console/audit/verify', { body: {} })

/** The file as the server writes it, with the name that it gives. */
export async function exportLog(format: AuditExportFormat, filter: AuditFilter): Promise<{ name: string; file: Blob }> {
  const response = await http.open('POST', '/console/audit/exports', { body: { format, filter } })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: name ?? `audit.${format}`, file: await response.blob() }
}
