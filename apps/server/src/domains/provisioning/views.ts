import type {
  ConnectionId,
  OfferedRole,
  ProvisioningConnection,
  ProvisioningRequest,
  ProvisioningRequestId,
  ScimToken,
  ScimTokenId,
  WholeProvisioningRequest,
} from '@clew/contract/provisioning'
import type { RoleToGive } from '../organisations/index.ts'
import { type Connection, type Rule, ruleOf, type Tokens, tokenState } from './model.ts'
import type { Counts, RequestRow } from './repository.requests.ts'

/** Whom tokens stand for, by their ids. */
export type Names = ReadonlyMap<string, string>

export const tokenView = (token: Tokens, { now, names }: { now: Date; names?: Names }): ScimToken => ({
  id: token.id as ScimTokenId,
  hint: token.hint,
  scope: token.scope,
  createdAt: token.createdAt.toISOString(),
  createdBy: token.createdBy,
  expiresAt: token.expiresAt.toISOString(),
  state: tokenState(token, now),
  ...(token.usedAt === undefined ? {} : { usedAt: token.usedAt.toISOString() }),
  ...(token.usedFrom === undefined ? {} : { usedFrom: token.usedFrom }),
  ...(token.memberId === undefined ? {} : { standsFor: names?.get(token.memberId) ?? '–' }),
})

const noCounts: Counts = { users: 0, active: 0, groups: 0, changesToday: 0, refusedToday: 0 }

export const connectionView = (
  connection: Connection,
  more: {
    rules: readonly Rule[]
    tokens: readonly Tokens[]
    counts: Counts | undefined
    baseUrl: string
    now: Date
    names: Names
  },
): ProvisioningConnection => ({
  id: connection.id as ConnectionId,
  name: connection.name,
  kind: connection.kind,
  baseUrl: scimUrl(more.baseUrl, connection.id),
  defaultRole: ruleOf({ groupName: '', role: connection.defaultRole }).role,
  rules: more.rules.map(ruleOf),
  version: connection.version,
  createdAt: connection.createdAt.toISOString(),
  ...(connection.contactedAt === undefined ? {} : { contactedAt: connection.contactedAt.toISOString() }),
  counts: more.counts ?? noCounts,
  tokens: more.tokens.map((token) => tokenView(token, more)),
})

/** Owners are appointed by people alone. */
export const offeredRole = ({ role, mayGive }: RoleToGive): OfferedRole[] =>
  role.role === 'owner'
    ? []
    : [
        {
          role: role.role,
          customRoleId: role.customRoleId ?? null,
          name: role.role === 'custom' ? role.name : null,
          mayGive,
        },
      ]

export const scimUrl = (baseUrl: string, connectionId: string): string => `${baseUrl}/scim/v2/${connectionId}`

export function requestView(row: RequestRow): ProvisioningRequest {
  const { resourceType, resourceId, resourceName } = row
  return {
    id: row.id as ProvisioningRequestId,
    at: row.at.toISOString(),
    method: row.method,
    path: row.path,
    ...(resourceType === undefined
      ? {}
      : {
          resource: {
            type: resourceType,
            ...(resourceId === undefined ? {} : { id: resourceId }),
            ...(resourceName === undefined ? {} : { name: resourceName }),
          },
        }),
    status: row.status,
    ...(row.scimType === undefined ? {} : { scimType: row.scimType }),
    ...(row.detail === undefined ? {} : { detail: row.detail }),
    changes: [...row.changes],
    durationMs: row.durationMs,
    ...(row.tokenHint === undefined ? {} : { tokenHint: row.tokenHint }),
    requestId: row.requestId,
  }
}

export const wholeRequestView = (row: RequestRow, canReplay: boolean): WholeProvisioningRequest => ({
  ...requestView(row),
  ...(row.body === undefined ? {} : { body: row.body as WholeProvisioningRequest['body'] }),
  ...(row.omittedBytes === undefined ? {} : { omittedBytes: row.omittedBytes }),
  canReplay,
  ...(row.erasedAt === undefined ? {} : { erasedAt: row.erasedAt.toISOString() }),
  ...(row.address === undefined ? {} : { address: row.address }),
  ...(row.userAgent === undefined ? {} : { userAgent: row.userAgent }),
})
