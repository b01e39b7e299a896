import { AuditActorList, AuditEventDetail, AuditEventPage, ListAuditEvents } from '@clew/contract/audit'
import {
  ChangeOrganisation,
  CreatedOrganisation,
  CreateOrganisation,
  InvitedOwner,
  InviteOwner,
  OrganisationList,
  OrganisationView,
} from '@clew/contract/members'
import { OrganisationId } from '@clew/contract/primitives'
import { z } from 'zod'
import { type AnyRoute, created, ok, route } from '../../platform/routes.ts'
import type { InviteSettings } from './invitation-letters.ts'
import {
  changeOrganisation,
  inviteOwner,
  openOrganisation,
  readOrganisation,
  readOrganisations,
} from './use-cases/manage-organisations.ts'
import {
  listOrganisationActors,
  listOrganisationAudit,
  readOrganisationAuditEvent,
} from './use-cases/read-organisation-audit.ts'

const params = z.object({ organisationId: OrganisationId })
const audience = 'team' as const

/** The support team looks after the organisations of its customers. */
export const customerRoutes = (settings: InviteSettings): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/organisations',
    audience,
    summary: 'The organisations, with their people and seats',
    responses: { 200: OrganisationList },
    run: async (ctx) => ok(await readOrganisations(ctx)),
  }),
  route({
    method: 'POST',
    path: '/organisations',
    audience,
    summary: 'Open an organisation and invite its first owner',
    body: CreateOrganisation,
    responses: { 201: CreatedOrganisation },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => created(await openOrganisation(ctx, body, settings)),
  }),
  route({
    method: 'GET',
    path: '/organisations/:organisationId',
    audience,
    summary: 'One organisation',
    params,
    responses: { 200: OrganisationView },
    run: async (ctx, input) => ok(await readOrganisation(ctx, input.params.organisationId)),
  }),
  route({
    method: 'PATCH',
    path: '/organisations/:organisationId',
    audience,
    summary: 'Change the name, the short name, the region or the seats of an organisation',
    params,
    body: ChangeOrganisation,
    responses: { 200: OrganisationView },
    run: async (ctx, input) => ok(await changeOrganisation(ctx, input.params.organisationId, input.body)),
  }),
  route({
    method: 'POST',
    path: '/organisations/:organisationId/owners',
    audience,
    summary: 'Invite an owner of an organisation',
    params,
    body: InviteOwner,
    responses: { 201: InvitedOwner },
    limit: { perMinute: 20 },
    run: async (ctx, input) =>
      created(await inviteOwner(ctx, { id: input.params.organisationId, ...input.body }, settings)),
  }),
]

/** What somebody of the team reads here is told to the organisation. */
export const customerAuditRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/organisations/:organisationId/audit/events',
    audience,
    summary: 'Search the audit log of an organisation, the newest first',
    params,
    query: ListAuditEvents,
    responses: { 200: AuditEventPage },
    run: async (ctx, input) => ok(await listOrganisationAudit(ctx, input.params.organisationId, input.query)),
  }),
  route({
    method: 'GET',
    path: '/organisations/:organisationId/audit/events/:seq',
    audience,
    summary: 'One event of the audit log of an organisation, and where it stands in the chain',
    params: params.extend({ seq: z.coerce.number().int().min(1) }),
    responses: { 200: AuditEventDetail },
    run: async (ctx, input) => ok(await readOrganisationAuditEvent(ctx, input.params.organisationId, input.params.seq)),
  }),
  route({
    method: 'GET',
    path: '/organisations/:organisationId/audit/actors',
    audience,
    summary: 'Who acted in an organisation within a year',
    params,
    responses: { 200: AuditActorList },
    run: async (ctx, input) => ok(await listOrganisationActors(ctx, input.params.organisationId)),
  }),
]
