import type {
  DomainChangeList,
  DomainChangePreview,
  DomainDisputeList,
  DomainList,
  DomainMove,
  DomainRemoval,
  OrganisationDomain,
} from '@clew/contract/domains'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const domainsQuery = queryOptions({
  queryKey: ['domains'],
  queryFn: () => http.request<DomainList>('GET', '/console/domains'),
  // The server looks by itself, and what it finds is to be seen.
  refetchInterval: 60_000,
})

export const removalQuery = (id: string) =>
  queryOptions({
    queryKey: ['domains', 'removal', id],
    queryFn: () => http.request<DomainRemoval>('GET', `/console/domains/${id}/removal`),
    gcTime: 0,
  })

export const changesQuery = queryOptions({
  queryKey: ['domains', 'changes'],
  queryFn: () => http.request<DomainChangeList>('GET', '/console/domain-changes'),
})

export const disputesQuery = queryOptions({
  queryKey: ['domains', 'disputes'],
  queryFn: () => http.request<DomainDisputeList>('GET', '/domain-disputes'),
  refetchInterval: 60_000,
})

type Ticks = { coversSubdomains?: boolean; joinsByItself?: boolean }
type Move = { from: string; to: string; moves: readonly DomainMove[] }

export const domainsApi = {
  add: (body: { name: string } & Ticks) => http.request<OrganisationDomain>('POST', '/console/domains', { body }),
  check: (id: string) => http.request<OrganisationDomain>('POST', `/console/domains/${id}/check`),
  renew: (id: string) => http.request<OrganisationDomain>('POST', `/console/domains/${id}/renewal`),
  change: (id: string, body: Ticks) => http.request<OrganisationDomain>('PATCH', `/console/domains/${id}`, { body }),
  remove: (id: string) => http.request<void>('DELETE', `/console/domains/${id}`),
  preview: (body: Move) => http.request<DomainChangePreview>('POST', '/console/domain-changes/preview', { body }),
  apply: (body: Move) => http.request<DomainChangeList>('POST', '/console/domain-changes', { body }),
  undo: (id: string) => http.request<DomainChangeList>('POST', `/console/domain-changes/${id}/undo`),
  decide: (id: string, body: { decision: 'moved' | 'kept'; withCases?: boolean }) =>
    http.request<void>('POST', `/domain-disputes/${id}/decision`, { body }),
}
