import type { EndedSessions, NewRecoveryCodes, OwnSessionList } from '@clew/contract/sign-in'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

const own = '/console/own-sign-in'

export const ownApi = {
  changePassword: (input: { old?: string; password: string }) =>
    http.request<EndedSessions>('PUT', `${own}/password`, { body: input }),
  renamePasskey: (id: string, name: string) =>
    http.request<void>('PATCH', `${own}/passkeys/${encodeURIComponent(id)}`, { body: { name } }),
  removePasskey: (id: string) => http.request<void>('DELETE', `${own}/passkeys/${encodeURIComponent(id)}`),
  removeApp: () => http.request<void>('DELETE', `${own}/app`),
  renewCodes: () => http.request<NewRecoveryCodes>('POST', `${own}/recovery-codes`, { body: {} }),
  sessions: () => http.request<OwnSessionList>('GET', `${own}/sessions`),
  endSession: (id: string) => http.request<void>('DELETE', `${own}/sessions/${encodeURIComponent(id)}`),
  endOthers: () => http.request<EndedSessions>('DELETE', `${own}/sessions`),
}

export const sessionsQuery = queryOptions({ queryKey: ['own-sessions'], queryFn: ownApi.sessions, staleTime: 10_000 })
