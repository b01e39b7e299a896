import type { CreatedIdentityKey, CreateIdentityKey, IdentityKeyList } from '@clew/contract/identity'
import type { Http } from './http.ts'

/** The routes by which owners keep the keys that host pages sign identities with. */
export const createIdentityApi = (http: Http) => ({
  keys: () => http.request<IdentityKeyList>('GET', '/identity-keys'),
  create: (input: CreateIdentityKey) => http.request<CreatedIdentityKey>('POST', '/identity-keys', { body: input }),
  revoke: (id: string) => http.request<void>('DELETE', `/identity-keys/${encodeURIComponent(id)}`),
})
