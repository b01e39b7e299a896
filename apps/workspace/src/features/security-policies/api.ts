import type {
  PolicyChangeList,
  PolicyName,
  PolicyPreview,
  PolicyValue,
  SecurityPolicies,
} from '@clew/contract/security-policies'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: () => http.request<SecurityPolicies>('GET', '/console/policies'),
})

export const previewQuery = <N extends PolicyName>(name: N, value: PolicyValue<N>, isOn: boolean) =>
  queryOptions({
    queryKey: ['policies', 'preview', name, value],
    queryFn: () => http.request<PolicyPreview>('POST', `/console/policies/${name}/preview`, { body: { value } }),
    placeholderData: keepPreviousData,
    enabled: isOn,
    gcTime: 0,
    retry: false,
  })

export const changesQuery = (name: PolicyName) =>
  queryOptions({
    queryKey: ['policies', 'changes', name],
    queryFn: () => http.request<PolicyChangeList>('GET', `/console/policies/${name}/changes`),
  })

export type Saving<N extends PolicyName> = { version: number; value: PolicyValue<N>; confirmed: boolean }

export const savePolicy = <N extends PolicyName>(name: N, body: Saving<N>) =>
  http.request<SecurityPolicies>('PUT', `/console/policies/${name}`, { body })
