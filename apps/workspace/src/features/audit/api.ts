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

/** Whose log is read: one's own, or as the support team that of a customer's organisation. */
export type LogOf = '/console/audit' | `/organisations/${string}/audit`
export const ownLog: LogOf = '/console/audit'
export const logOfOrganisation = (id: string): LogOf => `/organisations/${encodeURIComponent(id)}/audit`

export const eventsQuery = (of: LogOf, filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'events', of, filter],
    queryFn: ({ pageParam }) =>
      http.request<AuditEventPage>('GET', `${of}/events`, {
        query: { ...filter, ...(pageParam === 0 ? {} : { before: pageParam }) },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  })

export const eventQuery = (of: LogOf, seq: number) =>
  queryOptions({
    queryKey: ['audit', 'event', of, seq],
    queryFn: () => http.request<AuditEventDetail>('GET', `${of}/events/${seq}`),
  })

export const actorsQuery = (of: LogOf) =>
  queryOptions({
    queryKey: ['audit', 'actors', of],
    queryFn: () => http.request<AuditActorList>('GET', `${of}/actors`),
    staleTime: 60_000,
  })

export const verifyLog = () => http.request<AuditCheck>('POST', '/console/audit/verify', { body: {} })

/** The file as the server writes it, with the name that it gives. */
export async function exportLog(format: AuditExportFormat, filter: AuditFilter): Promise<{ name: string; file: Blob }> {
  const response = await http.open('POST', '/console/audit/exports', { body: { format, filter } })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: name ?? `audit.${format}`, file: await response.blob() }
}
