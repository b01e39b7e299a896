import type {
  ConsoleExport,
  ConsoleExportList,
  ExportContent,
  ExportLink,
  ExportPolicy,
  ExportPolicyChanges,
  ExportPolicyNow,
  ExportPreview,
} from '@clew/contract/exports'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

const isMoving = ({ state }: ConsoleExport): boolean => state === 'queued' || state === 'building'

/** Looked at again soon while something is being made, and now and then otherwise. */
export const exportsQuery = infiniteQueryOptions({
  queryKey: ['exports', 'list'],
  queryFn: ({ pageParam }) =>
    http.request<ConsoleExportList>('GET', '/console/exports', { query: { cursor: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next,
  refetchInterval: ({ state }) => (state.data?.pages.some(({ exports }) => exports.some(isMoving)) ? 1_500 : 30_000),
})

export const previewQuery = (content: ExportContent | undefined) =>
  queryOptions({
    queryKey: ['exports', 'preview', content],
    queryFn: () => http.request<ExportPreview>('POST', '/console/exports/preview', { body: { content } }),
    enabled: content !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })

export const policyQuery = queryOptions({
  queryKey: ['exports', 'policy'],
  queryFn: () => http.request<ExportPolicyNow>('GET', '/console/export-policy'),
})

export const changesQuery = queryOptions({
  queryKey: ['exports', 'policy', 'changes'],
  queryFn: () => http.request<ExportPolicyChanges>('GET', '/console/export-policy/changes'),
})

export const requestExport = (body: { id: string; content: ExportContent; reason: string }) =>
  http.request<ConsoleExport>('POST', '/console/exports', { body })

type Decision = { id: string; how: 'approve' | 'deny'; reason: string }

export const decideExport = ({ id, how, reason }: Decision) =>
  http.request<ConsoleExport>('POST', `/console/exports/${id}/${how}`, { body: reason === '' ? {} : { reason } })

export const stopExport = (id: string) => http.request<ConsoleExport>('POST', `/console/exports/${id}/cancel`)

export const retryExport = (id: string) => http.request<ConsoleExport>('POST', `/console/exports/${id}/retry`)

export const makeLink = (id: string) => http.request<ExportLink>('POST', `/console/exports/${id}/link`)

export const setPolicy = (body: { basedOn: number; value: ExportPolicy }) =>
  http.request<ExportPolicyNow>('PUT', '/console/export-policy', { body })
