import type { UsageOverview, UsageShares, UsageSplit, UsageThresholdList } from '@clew/contract/usage'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export type Range = { from: string; to: string; group?: string }

export const usageQuery = (range: Range) =>
  queryOptions({
    queryKey: ['usage', 'days', range],
    queryFn: () => http.request<UsageOverview>('GET', '/console/usage', { query: range }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const sharesQuery = (range: Range, { meter, by }: { meter: string; by: UsageSplit }) =>
  queryOptions({
    queryKey: ['usage', 'shares', range, meter, by],
    queryFn: () =>
      http.request<UsageShares>('GET', `/console/usage/meters/${encodeURIComponent(meter)}/shares`, {
        query: { ...range, by },
      }),
    placeholderData: keepPreviousData,
  })

export const thresholdsQuery = queryOptions({
  queryKey: ['usage', 'thresholds'],
  queryFn: () => http.request<UsageThresholdList>('GET', '/console/usage/thresholds'),
})

export const groupsQuery = queryOptions({
  queryKey: ['groups', 'names'],
  queryFn: () => http.request<{ groups: { id: string; name: string }[] }>('GET', '/console/groups'),
})

export const setThreshold = (body: { meter: string; period: 'day' | 'month'; quantity: number }) =>
  http.request<{ id: string }>('POST', '/console/usage/thresholds', { body })

export const removeThreshold = (id: string) =>
  http.request<void>('DELETE', `/console/usage/thresholds/${encodeURIComponent(id)}`)

export const nameMeter = (meter: string, body: { name: string | null; unit: string | null }) =>
  http.request<void>('PUT', `/console/usage/meters/${encodeURIComponent(meter)}`, { body })

export const tableUrl = (range: Range): string => http.url(`/console/usage.csv?${new URLSearchParams(range)}`)
