import { MemberId, OrganisationId } from '@clew/contract/primitives'
import {
  AddBreakGlass,
  ApplySsoRemedy,
  ChangeSsoState,
  CreateSsoConnection,
  DiagnoseSso,
  RequireSso,
  SsoAttempt,
  SsoAttempts,
  SsoConnection,
  SsoDiagnosis,
  SsoLetter,
  SsoOverview,
  SsoSetupLink,
  UpdateSsoConnection,
} from '@clew/contract/single-sign-on'
import { SsoTeamDiagnosis } from '@clew/contract/sso-proposals'
import { OrganisationSignIn } from '@clew/contract/team-organisations'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { InviteSettings } from '../organisations/index.ts'
import type { SsoParts } from './parts.ts'
import { proposalRoutes } from './routes.proposals.ts'
import { applyRemedy } from './use-cases/apply-remedy.ts'
import { changeState, deleteConnection } from './use-cases/change-state.ts'
import { createConnection } from './use-cases/create-connection.ts'
import { diagnoseForAdmin, diagnoseForTeam } from './use-cases/diagnose.ts'
import { readAttempt, readAttempts, readConnection, readOverview } from './use-cases/read-console.ts'
import { addBreakGlass, relaxSso, removeBreakGlass, requireSso } from './use-cases/require-sso.ts'
import { createSetupLink, revokeSetupLink } from './use-cases/setup-link.ts'
import { updateConnection } from './use-cases/update-connection.ts'
import { viewSignIn } from './use-cases/view-organisation.ts'
import { writeToOwners } from './use-cases/write-to-owners.ts'

export type SsoRouteParts = SsoParts & { inviting: InviteSettings }

const one = z.object({ connectionId: z.uuid() })

export const ssoRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  ...connectionRoutes(parts),
  ...switchRoutes(parts),
  ...setupRoutes(parts),
  ...requirementRoutes(parts),
  ...diagnosisRoutes(parts),
  ...teamRoutes(parts),
  ...proposalRoutes(parts),
]

const connectionRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/sso',
    audience: 'member',
    summary: 'Single sign-on of the organisation: connections, domains, and what requiring it would do',
    responses: { 200: SsoOverview },
    run: async (ctx) => ok(await readOverview(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/sso/connections',
    audience: 'member',
    summary: 'Add a connection, as a draft',
    body: CreateSsoConnection,
    responses: { 201: SsoConnection },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => {
      const { id } = await createConnection(ctx, body, parts)
      return created(await readConnection(ctx, id, parts))
    },
  }),
  route({
    method: 'PATCH',
    path: '/console/sso/connections/:connectionId',
    audience: 'member',
    summary: 'Change a connection; addresses in it are read at once',
    params: one,
    body: UpdateSsoConnection,
    responses: { 200: SsoConnection },
    limit: { perMinute: 30 },
    fresh: true,
    run: async (ctx, { params, body }) => {
      await updateConnection(ctx, { id: params.connectionId, change: body }, parts)
      return ok(await readConnection(ctx, params.connectionId, parts))
    },
  }),
]

const switchRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'PUT',
    path: '/console/sso/connections/:connectionId/state',
    audience: 'member',
    summary: 'Let people in through a connection, or no longer',
    params: one,
    body: ChangeSsoState,
    responses: { 200: SsoConnection },
    fresh: true,
    run: async (ctx, { params, body }) => {
      await changeState(ctx, { id: params.connectionId, state: body.state })
      return ok(await readConnection(ctx, params.connectionId, parts))
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/sso/connections/:connectionId',
    audience: 'member',
    summary: 'Delete a connection; its people stay members',
    params: one,
    responses: { 204: null },
    fresh: true,
    run: async (ctx, { params }) => {
      await deleteConnection(ctx, params.connectionId)
      return noContent()
    },
  }),
]

const setupRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/sso/connections/:connectionId/setup-link',
    audience: 'member',
    summary: 'A link for whoever runs the identity provider; the one before stops working',
    params: one,
    responses: { 201: SsoSetupLink },
    fresh: true,
    run: async (ctx, { params }) => created(await createSetupLink(ctx, params.connectionId, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/console/sso/connections/:connectionId/setup-link',
    audience: 'member',
    summary: 'Take the set-up link back',
    params: one,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeSetupLink(ctx, params.connectionId)
      return noContent()
    },
  }),
]

const requirementRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'PUT',
    path: '/console/sso/requirement',
    audience: 'member',
    summary: 'Require SSO for everyone, but for those who break the glass',
    body: RequireSso,
    responses: { 200: SsoOverview },
    fresh: true,
    run: async (ctx, { body }) => {
      await requireSso(ctx, body, parts)
      return ok(await readOverview(ctx, parts))
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/sso/requirement',
    audience: 'member',
    summary: 'Require SSO no longer',
    responses: { 200: SsoOverview },
    fresh: true,
    run: async (ctx) => {
      await relaxSso(ctx, parts)
      return ok(await readOverview(ctx, parts))
    },
  }),
  route({
    method: 'POST',
    path: '/console/sso/break-glass',
    audience: 'member',
    summary: 'Choose an owner who may come in with a password although SSO is required',
    body: AddBreakGlass,
    responses: { 200: SsoOverview },
    fresh: true,
    run: async (ctx, { body }) => {
      await addBreakGlass(ctx, body.memberId, parts)
      return ok(await readOverview(ctx, parts))
    },
  }),
  route({
    method: 'DELETE',
    path: '/console/sso/break-glass/:memberId',
    audience: 'member',
    summary: 'Take that exception back',
    params: z.object({ memberId: MemberId }),
    responses: { 200: SsoOverview },
    fresh: true,
    run: async (ctx, { params }) => {
      await removeBreakGlass(ctx, params.memberId, parts)
      return ok(await readOverview(ctx, parts))
    },
  }),
]

const diagnosisRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/sso/attempts',
    audience: 'member',
    summary: 'The last sign-ins by SSO, of one connection or of all',
    query: z.object({ connectionId: z.uuid().optional() }),
    responses: { 200: SsoAttempts },
    run: async (ctx, { query }) => ok(await readAttempts(ctx, query.connectionId)),
  }),
  route({
    method: 'GET',
    path: '/console/sso/attempts/:attemptId',
    audience: 'member',
    summary: 'One sign-in or test, with every check and what was claimed',
    params: z.object({ attemptId: z.uuid() }),
    responses: { 200: SsoAttempt },
    run: async (ctx, { params }) => ok(await readAttempt(ctx, params.attemptId)),
  }),
  route({
    method: 'POST',
    path: '/console/sso/diagnosis',
    audience: 'member',
    summary: 'Why somebody cannot get in: by their address, the reference they were shown, or the number of their case',
    body: DiagnoseSso,
    responses: { 200: SsoDiagnosis },
    limit: { perMinute: 60 },
    run: async (ctx, { body }) => ok(await diagnoseForAdmin(ctx, body.about, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/sso/remedies',
    audience: 'member',
    summary: 'Do what a diagnosis offers',
    body: ApplySsoRemedy,
    responses: { 204: null },
    limit: { perMinute: 60 },
    run: async (ctx, { body }) => {
      await applyRemedy(ctx, body, parts)
      return noContent()
    },
  }),
]

/** What the support team sees, whoever's the person is. */
const teamRoutes = (parts: SsoRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/sso/diagnosis',
    audience: 'team',
    summary: 'Why somebody of any organisation cannot get in, by the same; for agents',
    body: DiagnoseSso,
    responses: { 200: SsoTeamDiagnosis },
    limit: { perMinute: 60 },
    run: async (ctx, { body }) => ok(await diagnoseForTeam(ctx, body.about, parts)),
  }),
  route({
    method: 'POST',
    path: '/sso/diagnosis/letter',
    audience: 'team',
    summary: 'Write to the owners of that organisation, with the way to where it is mended; for agents',
    body: DiagnoseSso,
    responses: { 200: SsoLetter },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => ok(await writeToOwners(ctx, body.about, parts)),
  }),
  route({
    method: 'GET',
    path: '/organisations/:organisationId/sign-in',
    audience: 'team',
    summary: 'How the people of an organisation sign in: connections, domains, whether SSO is required',
    params: z.object({ organisationId: OrganisationId }),
    responses: { 200: OrganisationSignIn },
    run: async (ctx, { params }) => ok(await viewSignIn(ctx, params.organisationId, parts)),
  }),
]
