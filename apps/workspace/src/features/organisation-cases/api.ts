import type { OrganisationCase, OrganisationCaseList } from '@clew/contract/organisation-cases'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export type CaseState = 'open' | 'resolved' | 'all'

export const casesQuery = (state: CaseState) =>
  infiniteQueryOptions({
    queryKey: ['organisation-cases', state],
    queryFn: ({ pageParam }) =>
      http.request<OrganisationCaseList>('GET', '/console/cases', {
        query: { state, ...(pageParam === '' ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: 30_000,
  })

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['organisation-cases', 'one', id],
    queryFn: () => http.request<OrganisationCase>('GET', `/console/cases/${encodeURIComponent(id)}`),
    // Each reading is on record, so that it is not read again unasked.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
