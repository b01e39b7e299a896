import type { ApiKeyList, CreateApiKey, CreatedApiKey } from '@clew/contract/sign-in'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

export const apiKeysApi = {
  list: () => http.request<ApiKeyList>('GET', '/console/api-keys'),
  create: (input: CreateApiKey) => http.request<CreatedApiKey>('POST', '/console/api-keys', { body: input }),
  revoke: (id: string) => http.request<void>('DELETE', `/console/api-keys/${encodeURIComponent(id)}`),
}

export const apiKeysQuery = queryOptions({ queryKey: ['api-keys'], queryFn: apiKeysApi.list, staleTime: 10_000 })
