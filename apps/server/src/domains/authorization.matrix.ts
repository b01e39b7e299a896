import { type Permission, permissions } from '@clew/contract/permissions'
import { policyNames, samples } from './authorization.samples.ts'

/** One route: who may call it, and what the smallest request that fits its description lacks to come that far. */
export type Row = {
  /** All of these. */
  needs: readonly Permission[]
  /** And one of these. */
  oneOf?: readonly Permission[]
  sample?: Readonly<Record<string, unknown>>
  /** A call that succeeds ends the session, or changes how one signs in: tried only by who may not. */
  last?: boolean
}

// Every route of the API is in here once, below what it takes. Whoever adds a route says here who may call it.

/** Everyone. */
const open = [
  'POST /join-requests',
  'POST /join-requests/confirm',
  'GET /setup',
  'POST /setup',
  'POST /invitations/accept',
  'POST /session/start',
  'POST /session',
  'POST /session/organisation',
  'POST /session/second-factor/passkey',
  'POST /session/second-factor',
  'POST /session/passkey/options',
  'POST /session/passkey',
  'POST /session/link',
  'POST /session/link/open',
  'POST /session/password/forgotten',
  'POST /session/password/reset',
  'POST /widget/sessions',
  'POST /widget/identity',
  'OPTIONS /widget/uploads',
  'GET /articles/search',
  'GET /articles/:locale/:slug',
  'POST /articles/:slug/feedback',
  'GET /widget/settings',
  'GET /widget/flows/:flowId',
  'POST /assistant/evaluate',
]

/** A contact, for what is theirs. */
const contacts = [
  'GET /widget/files/:fileId',
  'GET /widget/sanitising',
  'POST /widget/uploads',
  'GET /widget/uploads/:uploadId',
  'DELETE /widget/uploads/:uploadId',
  'PATCH /widget/uploads/:uploadId',
  'GET /widget/conversations',
  'POST /widget/conversations',
  'GET /widget/conversations/:conversationId/messages',
  'POST /widget/conversations/:conversationId/messages',
  'POST /widget/conversations/:conversationId/captures',
  'POST /widget/conversations/:conversationId/handover',
  'POST /widget/conversations/:conversationId/read',
  'POST /widget/conversations/:conversationId/typing',
  'PATCH /widget/contact',
  'GET /widget/conversations/:conversationId',
  'PUT /widget/conversations/:conversationId/case',
  'POST /widget/conversations/:conversationId/thumb-reason',
  'POST /widget/conversations/:conversationId/incidents/:incidentId/follow',
  'GET /widget/stream',
  'GET /widget/events',
  'POST /widget/files',
]

/** Everyone of an organisation, for themselves. */
const own = [
  'GET /console/me',
  'PATCH /console/me',
  'POST /console/me/leave',
  'POST /console/me/data',
  'GET /session',
  'DELETE /session',
  'POST /session/switch',
  'GET /session/proof',
  'POST /session/proof',
  'POST /session/proof/passkey',
  'GET /console/own-sign-in',
  'PUT /console/own-sign-in/password',
  'POST /console/own-sign-in/passkeys/options',
  'POST /console/own-sign-in/passkeys',
  'PATCH /console/own-sign-in/passkeys/:id',
  'DELETE /console/own-sign-in/passkeys/:id',
  'POST /console/own-sign-in/app',
  'DELETE /console/own-sign-in/app',
  'POST /console/own-sign-in/app/confirmation',
  'POST /console/own-sign-in/recovery-codes',
  'GET /console/own-sign-in/sessions',
  'DELETE /console/own-sign-in/sessions',
  'DELETE /console/own-sign-in/sessions/:id',
]

/** Everyone of the team who answers people. */
const team = [
  'GET /members',
  'GET /settings',
  'GET /settings/changes',
  'POST /sso/diagnosis',
  'GET /files/:fileId',
  'GET /captures/:captureId',
  'GET /captures/:captureId/entries/:index',
  'POST /captures/:captureId/links',
  'GET /captures/:captureId/links',
  'DELETE /captures/:captureId/links/:linkId',
  'POST /files/:fileId/links',
  'GET /files/:fileId/links',
  'DELETE /files/:fileId/links/:linkId',
  'GET /components',
  'POST /components',
  'PUT /components/:componentId',
  'PUT /components/:componentId/status',
  'GET /incidents',
  'POST /incidents',
  'GET /incidents/:incidentId',
  'PATCH /incidents/:incidentId',
  'POST /incidents/:incidentId/updates',
  'PATCH /incidents/:incidentId/updates/:updateId',
  'GET /flows',
  'GET /flows/:flowId',
  'GET /flows/:flowId/versions',
  'GET /flows/:flowId/document',
  'GET /flows/:flowId/file',
  'GET /conversations',
  'GET /conversations/:conversationId/messages',
  'GET /conversations/:conversationId/flows',
  'POST /conversations/:conversationId/messages',
  'POST /conversations/:conversationId/assignment',
  'POST /conversations/:conversationId/take-over',
  'POST /conversations/:conversationId/assistant',
  'POST /conversations/:conversationId/resolve',
  'POST /conversations/:conversationId/reopen',
  'POST /conversations/:conversationId/presence',
  'GET /conversations/:conversationId',
  'PUT /conversations/:conversationId/case',
  'GET /conversations/:conversationId/lookups',
  'POST /conversations/:conversationId/lookups',
  'GET /connector',
  'GET /assistant/gaps',
  'GET /assistant/resolution',
  'POST /assistant/playground',
  'GET /assistant/choices',
  'GET /assistant/regressions',
  'POST /assistant/regressions',
  'DELETE /assistant/regressions/:id',
  'POST /assistant/regressions/run',
  'GET /stream',
  'GET /events',
  'POST /files',
  'POST /flows/inspect',
]

/** Who has every permission of the key. For routes of the team they have to answer people as well. */
const permitted: Readonly<Record<string, readonly string[]>> = {
  'audit.read': [
    'GET /console/audit/events',
    'GET /console/audit/events/:seq',
    'GET /console/audit/recent',
    'GET /console/audit/actors',
    'GET /console/audit',
    'POST /console/audit/verify',
    'GET /console/audit/streams',
  ],
  'audit.export': ['POST /console/audit/exports'],
  'audit.manage': [
    'POST /console/audit/streams',
    'PUT /console/audit/streams/:streamId',
    'DELETE /console/audit/streams/:streamId',
    'POST /console/audit/streams/:streamId/test',
  ],
  'members.invite': [
    'POST /invitations',
    'POST /console/invitations/preview',
    'POST /console/invitations',
    'POST /console/invitations/:invitationId/resend',
    'DELETE /console/invitations/:invitationId',
    'POST /console/join-requests/:requestId/approve',
    'POST /console/join-requests/:requestId/refuse',
  ],
  'settings.manage': [
    'PUT /settings/brand',
    'PUT /settings/hours',
    'PUT /settings/languages',
    'PUT /settings/bubble',
    'PUT /settings/model',
    'POST /settings/model/test',
    'POST /settings/logo',
    'GET /settings/mail',
  ],
  'members.read': [
    'GET /console/members',
    'GET /console/members/figures',
    'GET /console/invitations',
    'GET /console/join-requests',
    'GET /console/roles',
    'GET /console/groups',
    'GET /console/seat-types',
  ],
  'members.manage': [
    'GET /console/members/:memberId/removal',
    'POST /console/members/:memberId/removal',
    'DELETE /console/members/:memberId/second-factors',
  ],
  'roles.manage': ['POST /console/roles', 'PUT /console/roles/:roleId', 'DELETE /console/roles/:roleId'],
  'groups.manage': [
    'POST /console/groups',
    'PUT /console/groups/:groupId',
    'DELETE /console/groups/:groupId',
    'POST /console/groups/:groupId/members',
  ],
  'seats.manage': [
    'POST /console/seat-types',
    'PUT /console/seat-types/:seatTypeId',
    'DELETE /console/seat-types/:seatTypeId',
  ],
  'billing.read': ['GET /console/seat-types/history'],
  'organisations.manage': [
    'GET /organisations',
    'POST /organisations',
    'GET /organisations/:organisationId',
    'PATCH /organisations/:organisationId',
    'POST /organisations/:organisationId/owners',
    'GET /organisations/:organisationId/members',
    'GET /organisations/:organisationId/figures',
    'GET /organisations/:organisationId/sign-in',
    'GET /domain-disputes',
    'POST /domain-disputes/:disputeId/decision',
  ],
  'identity_keys.manage': ['GET /identity-keys', 'POST /identity-keys', 'DELETE /identity-keys/:keyId'],
  'connector.manage': ['PUT /connector', 'POST /connector/test'],
  'flows.manage': [
    'POST /flows',
    'POST /flows/import',
    'PUT /flows/:flowId',
    'POST /flows/:flowId/publish',
    'POST /flows/:flowId/unpublish',
    'POST /flows/:flowId/disable',
    'POST /flows/:flowId/restore',
    'POST /flows/:flowId/reset',
  ],
  'assistant.export': ['GET /assistant/resolution/file', 'GET /assistant/regressions/file'],
  'organisations.audit': [
    'GET /organisations/:organisationId/audit/events',
    'GET /organisations/:organisationId/audit/events/:seq',
    'GET /organisations/:organisationId/audit/actors',
  ],
  'sign_in.read': [
    'GET /console/sso',
    'GET /console/sso/attempts',
    'GET /console/sso/attempts/:attemptId',
    'POST /console/sso/diagnosis',
    'POST /console/sso/remedies',
  ],
  'domains.manage': [
    'POST /console/domains',
    'PATCH /console/domains/:domainId',
    'DELETE /console/domains/:domainId',
    'POST /console/domains/:domainId/check',
    'POST /console/domains/:domainId/renewal',
    'GET /console/domains/:domainId/removal',
  ],
  'domains.manage members.manage': [
    'POST /console/domain-changes',
    'POST /console/domain-changes/preview',
    'POST /console/domain-changes/:changeId/undo',
  ],
  'policies.read': ['GET /console/policies', 'GET /console/policies/:name/changes'],
  'policies.manage': [
    ...policyNames.map((name) => `POST /console/policies/${name}/preview`),
    'PUT /console/export-policy',
  ],
  'api_keys.read': ['GET /console/api-keys'],
  'api_keys.manage': ['POST /console/api-keys', 'DELETE /console/api-keys/:keyId'],
  'sign_in.manage': [
    'DELETE /console/sso/connections/:connectionId',
    'POST /console/sso/connections/:connectionId/setup-link',
    'DELETE /console/sso/connections/:connectionId/setup-link',
  ],
  'sign_in.read sign_in.manage': [
    'POST /console/sso/connections',
    'PATCH /console/sso/connections/:connectionId',
    'PUT /console/sso/connections/:connectionId/state',
    'PUT /console/sso/requirement',
    'DELETE /console/sso/requirement',
    'POST /console/sso/break-glass',
    'DELETE /console/sso/break-glass/:memberId',
  ],
  'provisioning.read': [
    'GET /console/provisioning',
    'GET /console/provisioning/:connectionId/requests',
    'GET /console/provisioning/:connectionId/requests/:requestId',
  ],
  'provisioning.manage': [
    'POST /console/provisioning',
    'PUT /console/provisioning/:connectionId',
    'PATCH /console/provisioning/:connectionId',
    'DELETE /console/provisioning/:connectionId',
    'POST /console/provisioning/:connectionId/tokens',
    'POST /console/provisioning/:connectionId/tokens/:tokenId/rotate',
    'DELETE /console/provisioning/:connectionId/tokens/:tokenId',
    'POST /console/provisioning/:connectionId/requests/:requestId/dry-run',
  ],
  'cases.read': ['GET /console/cases', 'GET /console/cases/:conversationId'],
  'usage.report': ['POST /usage'],
  'usage.read': [
    'GET /console/usage',
    'GET /console/usage/meters/:meter/shares',
    'GET /console/usage.csv',
    'GET /console/usage/thresholds',
  ],
  'usage.manage': [
    'PUT /console/usage/meters/:meter',
    'POST /console/usage/thresholds',
    'DELETE /console/usage/thresholds/:thresholdId',
  ],
  'retention.read': [
    'GET /console/retention',
    'GET /console/retention/history',
    'GET /console/retention/runs',
    'GET /console/retention/certificates/:certificateId',
    'GET /console/holds',
    'GET /console/erasures',
  ],
  'retention.manage': [
    'POST /console/retention/preview',
    'PUT /console/retention/:class',
    'DELETE /console/retention/:class/pending',
    'POST /console/retention/dry-run',
    'POST /console/retention/runs',
  ],
  'holds.manage': [
    'GET /console/holds/candidates',
    'POST /console/holds',
    'POST /console/holds/:holdId/agreement',
    'POST /console/holds/:holdId/release',
  ],
  'erasure.run': ['POST /console/erasures/preview', 'POST /console/erasures'],
  'members.read members.manage': [
    'GET /console/members/export',
    'PATCH /console/members/:memberId',
    'POST /console/members/:memberId/deactivate',
    'POST /console/members/:memberId/reactivate',
  ],
  'policies.read policies.manage': policyNames.map((name) => `PUT /console/policies/${name}`),
  'exports.request members.read': ['POST /console/exports', 'POST /console/exports/preview'],
}

const readsDomains = ['sign_in.read', 'domains.manage'] as const
const seesExports = ['exports.request', 'exports.approve'] as const

/** One of these is enough. Of an export that is not theirs to see nobody hears more than that there is none. */
const oneOf: Readonly<Record<string, readonly Permission[]>> = {
  'GET /console/domains': readsDomains,
  'GET /console/domain-changes': readsDomains,
  'GET /console/exports': seesExports,
  'GET /console/exports/:exportId': seesExports,
  'POST /console/exports/:exportId/approve': seesExports,
  'POST /console/exports/:exportId/deny': seesExports,
  'POST /console/exports/:exportId/cancel': seesExports,
  'POST /console/exports/:exportId/retry': seesExports,
  'POST /console/exports/:exportId/link': seesExports,
  'GET /console/exports/archive/:token': seesExports,
  'GET /console/export-policy': ['policies.read', ...seesExports],
  'GET /console/export-policy/changes': ['policies.read', ...seesExports],
}

const isPermission = (name: string): name is Permission => permissions.some((each) => each === name)

const needs: readonly (readonly [string, readonly Permission[]])[] = [
  ...[...open, ...contacts, ...own, ...team, ...Object.keys(oneOf)].map((name) => [name, []] as const),
  ...Object.entries(permitted).flatMap(([taken, names]) =>
    names.map((name) => [name, taken.split(' ').filter(isPermission)] as const),
  ),
]

export const matrix: Readonly<Record<string, Row | undefined>> = Object.fromEntries(
  needs.map(([name, taken]) => [
    name,
    { needs: taken, ...(oneOf[name] ? { oneOf: oneOf[name] } : {}), ...samples[name] },
  ]),
)
