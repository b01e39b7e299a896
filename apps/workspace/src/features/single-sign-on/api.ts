import type { GroupList, RoleList, SeatTypeList } from '@clew/contract/members'
import type {
  ApplySsoRemedy,
  CreateSsoConnection,
  SsoAttempt,
  SsoConnection,
  SsoDiagnosis,
  SsoLetter,
  SsoOverview,
  UpdateSsoConnection,
} from '@clew/contract/single-sign-on'
import type { PressSsoRemedy, SsoProposal, SsoProposals, SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import type { OrganisationSignIn } from '@clew/contract/team-organisations'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

const base = '/console/sso'
const one = (id: string): string => `${base}/connections/${encodeURIComponent(id)}`

export const overviewQuery = queryOptions({
  queryKey: ['console', 'sso'],
  queryFn: () => http.request<SsoOverview>('GET', base),
})

/** The last fifty, of one connection or of all. */
export const attemptsQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ['console', 'sso', 'attempts', 'of', connectionId],
    queryFn: () =>
      http.request<{ attempts: SsoAttempt[] }>('GET', `${base}/attempts`, {
        query: connectionId === '' ? {} : { connectionId },
      }),
    refetchInterval: 30_000,
  })

export const attemptQuery = (id: string) =>
  queryOptions({
    queryKey: ['console', 'sso', 'attempts', id],
    queryFn: () => http.request<SsoAttempt>('GET', `${base}/attempts/${encodeURIComponent(id)}`),
  })

/** What roles, groups and seats there are to give. */
export const givenQuery = queryOptions({
  queryKey: ['console', 'sso', 'given'],
  queryFn: async () => {
    const [roles, groups, seats] = await Promise.all([
      http.request<RoleList>('GET', '/console/roles'),
      http.request<GroupList>('GET', '/console/groups'),
      http.request<SeatTypeList>('GET', '/console/seat-types'),
    ])
    return { roles: roles.roles, groups: groups.groups, seatTypes: seats.seatTypes }
  },
})

/** For the support team. The organisation is told that it was looked at. */
export const signInOfQuery = (organisationId: string) =>
  queryOptions({
    queryKey: ['organisations', organisationId, 'sign-in'],
    queryFn: () =>
      http.request<OrganisationSignIn>('GET', `/organisations/${encodeURIComponent(organisationId)}/sign-in`),
  })

/** Why somebody cannot get in, for agents, whoever's they are. Each look is written down where their organisation reads it. */
export const teamDiagnosisQuery = (about: string) =>
  queryOptions({
    queryKey: ['sso-diagnosis', 'about', about],
    queryFn: () => http.request<SsoTeamDiagnosis>('POST', '/sso/diagnosis', { body: { about } }),
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  })

/**
 * Why the contact of a case cannot get in, for agents. Each look is written down where their organisation reads it.
 * `settled`: how much was proposed and settled by now, so that it is looked again when that changes.
 */
export const caseDiagnosisQuery = (
  number: number,
  { reference, settled }: { reference: string | undefined; settled: number },
) =>
  queryOptions({
    queryKey: ['sso-diagnosis', number, reference, settled],
    placeholderData: keepPreviousData,
    queryFn: () => http.request<SsoTeamDiagnosis>('POST', '/sso/diagnosis', { body: { about: `C-${number}` } }),
    staleTime: 10 * 60_000,
    refetchOnWindowFocus: false,
  })

export const proposalsQuery = queryOptions({
  queryKey: ['console', 'sso', 'proposals'],
  queryFn: () => http.request<SsoProposals>('GET', `${base}/proposals`),
  refetchInterval: 30_000,
})

export const ssoApi = {
  press: (body: PressSsoRemedy) => http.request<SsoProposal>('POST', '/sso/diagnosis/remedies', { body }),
  settle: (id: string, how: 'approve' | 'decline') =>
    http.request<SsoProposal>('POST', `${base}/proposals/${encodeURIComponent(id)}/${how}`),
  writeToOwners: (about: string) => http.request<SsoLetter>('POST', '/sso/diagnosis/letter', { body: { about } }),
  create: (body: CreateSsoConnection) => http.request<SsoConnection>('POST', `${base}/connections`, { body }),
  update: (id: string, body: UpdateSsoConnection) => http.request<SsoConnection>('PATCH', one(id), { body }),
  setState: (id: string, state: 'active' | 'off') =>
    http.request<SsoConnection>('PUT', `${one(id)}/state`, { body: { state } }),
  remove: (id: string) => http.request<void>('DELETE', one(id)),
  makeLink: (id: string) =>
    http.request<{ id: string; url: string; expiresAt: string }>('POST', `${one(id)}/setup-link`),
  revokeLink: (id: string) => http.request<void>('DELETE', `${one(id)}/setup-link`),
  require: (confirm: string) => http.request<SsoOverview>('PUT', `${base}/requirement`, { body: { confirm } }),
  relax: () => http.request<SsoOverview>('DELETE', `${base}/requirement`),
  addBreakGlass: (memberId: string) => http.request<SsoOverview>('POST', `${base}/break-glass`, { body: { memberId } }),
  removeBreakGlass: (memberId: string) =>
    http.request<SsoOverview>('DELETE', `${base}/break-glass/${encodeURIComponent(memberId)}`),
  diagnose: (about: string) => http.request<SsoDiagnosis>('POST', `${base}/diagnosis`, { body: { about } }),
  remedy: (body: ApplySsoRemedy) => http.request<void>('POST', `${base}/remedies`, { body }),
}
