import type {
  ChangeMember,
  ConsoleMember,
  ConsoleMemberList,
  CreatedOrganisation,
  GroupList,
  InvitedOwner,
  InvitePreview,
  JoinConfirmed,
  JoinDecision,
  JoinRequestList,
  MemberFigures,
  MemberFilter,
  OpenInvitationList,
  OrganisationList,
  OrganisationView,
  OwnProfile,
  RemovalPreview,
  RoleList,
  SeatHistory,
  SeatTypeList,
  SentInvitation,
} from '@clew/contract/members'
import type { OrganisationFigures } from '@clew/contract/team-organisations'
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { http } from '../../app/api.ts'

const get = <T>(path: string) => http.request<T>('GET', path)
const post = <T>(path: string, body: unknown = {}) => http.request<T>('POST', path, { body })

export type PeopleSearch = { q: string; show: MemberFilter; group?: string | undefined }

const key = ['console-members'] as const

/** Whatever is changed here changes figures elsewhere on the page; all of it is small. */
export const refreshMembers = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: key })

export const figuresQuery = queryOptions({
  queryKey: [...key, 'figures'],
  queryFn: () => get<MemberFigures>('/console/members/figures'),
})

export const peopleQuery = ({ q, show, group }: PeopleSearch) =>
  infiniteQueryOptions({
    queryKey: [...key, 'people', q, show, group ?? ''],
    queryFn: ({ pageParam }) =>
      http.request<ConsoleMemberList>('GET', '/console/members', {
        query: {
          show,
          ...(q === '' ? {} : { q }),
          ...(group === undefined ? {} : { group }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export const removalQuery = (id: string) =>
  queryOptions({
    // Not of what is read anew after each change: who was just removed is no longer there to be asked about.
    queryKey: ['removal of a member', id],
    queryFn: () => get<RemovalPreview>(`/console/members/${id}/removal`),
    gcTime: 0,
  })

export const invitationsQuery = queryOptions({
  queryKey: [...key, 'invitations'],
  queryFn: () => get<OpenInvitationList>('/console/invitations'),
})

export const requestsQuery = queryOptions({
  queryKey: [...key, 'requests'],
  queryFn: () => get<JoinRequestList>('/console/join-requests'),
})

export const rolesQuery = queryOptions({ queryKey: [...key, 'roles'], queryFn: () => get<RoleList>('/console/roles') })
export const groupsQuery = queryOptions({
  queryKey: [...key, 'groups'],
  queryFn: () => get<GroupList>('/console/groups'),
})
export const seatsQuery = queryOptions({
  queryKey: [...key, 'seats'],
  queryFn: () => get<SeatTypeList>('/console/seat-types'),
})
export const historyQuery = queryOptions({
  queryKey: [...key, 'history'],
  queryFn: () => get<SeatHistory>('/console/seat-types/history'),
})
export const profileQuery = queryOptions({ queryKey: [...key, 'me'], queryFn: () => get<OwnProfile>('/console/me') })
export const organisationsQuery = queryOptions({
  queryKey: [...key, 'organisations'],
  queryFn: () => get<OrganisationList>('/organisations'),
})

/** Of a customer's organisation, for the support team. The organisation is told that it was looked at. */
export const organisationQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'organisations', id],
    queryFn: () => get<OrganisationView>(`/organisations/${encodeURIComponent(id)}`),
  })

export const organisationFiguresQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, 'organisations', id, 'figures'],
    queryFn: () => get<OrganisationFigures>(`/organisations/${encodeURIComponent(id)}/figures`),
  })

export const organisationPeopleQuery = (id: string, { q, show }: PeopleSearch) =>
  infiniteQueryOptions({
    queryKey: [...key, 'organisations', id, 'people', q, show],
    queryFn: ({ pageParam }) =>
      http.request<ConsoleMemberList>('GET', `/organisations/${encodeURIComponent(id)}/members`, {
        query: { show, ...(q === '' ? {} : { q }), ...(pageParam === '' ? {} : { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export type Invite = {
  source: 'paste' | 'csv'
  text: string
  role: { role: string; customRoleId?: string }
  groupIds: readonly string[]
  seat: string
  memberExpiresAt?: string
  locale: string
}

export type RoleDraft = { name: string; permissions: readonly string[] }
export type SeatDraft = { name: string; limit: number | null; isDefault: boolean }
type Role = { role: string; customRoleId?: string }
export type MemberChange = Omit<ChangeMember, 'role' | 'seatTypeId'> & { role?: Role; seatTypeId?: string | null }
export type OrganisationDraft = { name: string; slug: string; region: string | null; seats: number | null }

export const membersApi = {
  preview: (body: Invite, signal?: AbortSignal) =>
    http.request<InvitePreview>('POST', '/console/invitations/preview', { body, ...(signal ? { signal } : {}) }),
  invite: (body: Invite) => post<InvitePreview>('/console/invitations', body),
  resend: (id: string) => post<SentInvitation>(`/console/invitations/${id}/resend`),
  revoke: (id: string) => http.request<void>('DELETE', `/console/invitations/${id}`),
  approve: (id: string) => post<JoinDecision>(`/console/join-requests/${id}/approve`),
  refuse: (id: string) => post<JoinDecision>(`/console/join-requests/${id}/refuse`),
  change: (id: string, body: MemberChange) => http.request<ConsoleMember>('PATCH', `/console/members/${id}`, { body }),
  deactivate: (id: string) => post<ConsoleMember>(`/console/members/${id}/deactivate`),
  reactivate: (id: string) => post<ConsoleMember>(`/console/members/${id}/reactivate`),
  remove: (id: string, successorId: string | undefined) =>
    post<void>(`/console/members/${id}/removal`, successorId === undefined ? {} : { successorId }),
  exportUrl: ({ q, show }: PeopleSearch) => http.url('/console/members/export', { show, ...(q === '' ? {} : { q }) }),
  createRole: (body: RoleDraft) => post<{ id: string }>('/console/roles', body),
  saveRole: (id: string, body: RoleDraft) => http.request<void>('PUT', `/console/roles/${id}`, { body }),
  deleteRole: (id: string) => http.request<void>('DELETE', `/console/roles/${id}`),
  createGroup: (name: string) => post<{ id: string }>('/console/groups', { name }),
  renameGroup: (id: string, name: string) => http.request<void>('PUT', `/console/groups/${id}`, { body: { name } }),
  deleteGroup: (id: string) => http.request<void>('DELETE', `/console/groups/${id}`),
  changeGroup: (id: string, body: { add?: readonly string[]; remove?: readonly string[] }) =>
    post<{ added: number; removed: number }>(`/console/groups/${id}/members`, body),
  createSeat: (body: SeatDraft) => post<{ id: string }>('/console/seat-types', body),
  saveSeat: (id: string, body: SeatDraft) => http.request<void>('PUT', `/console/seat-types/${id}`, { body }),
  deleteSeat: (id: string) => http.request<void>('DELETE', `/console/seat-types/${id}`),
  saveProfile: (body: Partial<Pick<OwnProfile, 'name' | 'title' | 'locale' | 'timeZone'>>) =>
    http.request<OwnProfile>('PATCH', '/console/me', { body }),
  leave: () => post<void>('/console/me/leave'),
  openOrganisation: (body: OrganisationDraft & { ownerEmail?: string; locale: string }) =>
    post<CreatedOrganisation>('/organisations', body),
  changeOrganisation: (id: string, body: Partial<OrganisationDraft>) =>
    http.request<OrganisationView>('PATCH', `/organisations/${id}`, { body }),
  inviteOwner: (id: string, body: { email: string; locale: string }) =>
    post<InvitedOwner>(`/organisations/${id}/owners`, body),
  askToJoin: (body: { organisation: string; email: string; name: string; message: string; locale: string }) =>
    post<object>('/join-requests', body),
  confirmJoin: (token: string) => post<JoinConfirmed>('/join-requests/confirm', { token }),
}

/** The file as the server writes it, with the name that it gives. */
export async function takeOwnAccount(): Promise<{ name: string; file: Blob }> {
  const response = await http.open('POST', '/console/me/data', { body: {} })
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: name ?? 'my-account.json', file: await response.blob() }
}
