import type { HoldCandidates } from '@clew/contract/hold-candidates'
import type {
  ChangeRetention,
  DryRun,
  ErasePerson,
  ErasureList,
  ErasurePreview,
  ErasureReceipt,
  HoldList,
  PlaceHold,
  PreviewRetention,
  RetentionCertificate,
  RetentionClass,
  RetentionHistory,
  RetentionOverview,
  RetentionPreview,
  RetentionRunList,
} from '@clew/contract/retention'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const retentionQuery = queryOptions({
  queryKey: ['retention', 'classes'],
  queryFn: () => http.request<RetentionOverview>('GET', '/console/retention'),
})

export const previewQuery = (input: PreviewRetention) =>
  queryOptions({
    queryKey: ['retention', 'preview', input],
    queryFn: () => http.request<RetentionPreview>('POST', '/console/retention/preview', { body: input }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

/** While a run goes on it is looked at again and again. */
export const runsQuery = queryOptions({
  queryKey: ['retention', 'runs'],
  queryFn: () => http.request<RetentionRunList>('GET', '/console/retention/runs'),
  refetchInterval: (query) => (query.state.data?.runs.some(({ state }) => state === 'running') ? 2_000 : false),
})

export const historyQuery = queryOptions({
  queryKey: ['retention', 'history'],
  queryFn: () => http.request<RetentionHistory>('GET', '/console/retention/history'),
})

export const erasuresQuery = queryOptions({
  queryKey: ['retention', 'erasures'],
  queryFn: () => http.request<ErasureList>('GET', '/console/erasures'),
})

export const candidatesQuery = (q: string) =>
  queryOptions({
    queryKey: ['retention', 'candidates', q],
    queryFn: () => http.request<HoldCandidates>('GET', '/console/holds/candidates', { query: { q } }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

export const holdsQuery = queryOptions({
  queryKey: ['retention', 'holds'],
  queryFn: () => http.request<HoldList>('GET', '/console/holds'),
})

export const groupsQuery = queryOptions({
  queryKey: ['groups', 'names'],
  queryFn: () => http.request<{ groups: { id: string; name: string }[] }>('GET', '/console/groups'),
})

export const changeRetention = ({ class: kind, ...body }: ChangeRetention & { class: RetentionClass }) =>
  http.request<void>('PUT', `/console/retention/${kind}`, { body })

export const takeBack = (kind: RetentionClass) => http.request<void>('DELETE', `/console/retention/${kind}/pending`)

export const runNow = () => http.request<{ id: string }>('POST', '/console/retention/runs')

export const dryRun = () => http.request<DryRun>('POST', '/console/retention/dry-run')

export const fetchCertificate = (id: string) =>
  http.request<RetentionCertificate>('GET', `/console/retention/certificates/${encodeURIComponent(id)}`)

/** What was signed never changes. */
export const certificateQuery = (id: string) =>
  queryOptions({
    queryKey: ['certificate', id],
    queryFn: () => fetchCertificate(id),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const placeHold = (body: PlaceHold) => http.request<{ id: string }>('POST', '/console/holds', { body })

export const agreeToHold = (id: string) =>
  http.request<void>('POST', `/console/holds/${encodeURIComponent(id)}/agreement`)

export const releaseHold = ({ id, reason }: { id: string; reason: string }) =>
  http.request<void>('POST', `/console/holds/${encodeURIComponent(id)}/release`, { body: { reason } })

export const previewErasure = (address: string) =>
  http.request<ErasurePreview>('POST', '/console/erasures/preview', { body: { address } })

export const erasePerson = (body: ErasePerson) => http.request<ErasureReceipt>('POST', '/console/erasures', { body })
