import {
  AddDomain,
  ApplyDomainChange,
  ChangeDomain,
  DecideDispute,
  DomainChangeList,
  DomainChangePreview,
  DomainDisputeList,
  DomainId,
  DomainList,
  DomainRemoval,
  OrganisationDomain,
  PreviewDomainChange,
} from '@clew/contract/domains'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import type { DomainParts } from './domain-parts.ts'
import { addDomain, renewDomain } from './use-cases/domains/add-domain.ts'
import { applyDomainChange } from './use-cases/domains/apply-domain-change.ts'
import { changeDomain, previewRemoval, removeDomain } from './use-cases/domains/change-domain.ts'
import { checkDomain } from './use-cases/domains/check-domain.ts'
import { decideDispute, readDisputes } from './use-cases/domains/decide-dispute.ts'
import { readDomains } from './use-cases/domains/list-domains.ts'
import { previewDomainChange, readDomainChanges } from './use-cases/domains/preview-domain-change.ts'
import { undoDomainChange } from './use-cases/domains/undo-domain-change.ts'

const one = z.object({ domainId: DomainId })
const audience = 'member' as const

export const domainRoutes = (parts: DomainParts): readonly AnyRoute[] => [
  ...ownDomains,
  ...oneDomain(parts),
  ...domainChanges(parts),
  ...disputes(parts),
]

const ownDomains: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/domains',
    audience,
    summary: 'The domains of the organisation, with the record that proves each',
    responses: { 200: DomainList },
    run: async (ctx) => ok(await readDomains(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/domains',
    audience,
    summary: 'Add a domain, to be proved by a TXT record within seven days',
    body: AddDomain,
    responses: { 201: OrganisationDomain },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => created(await addDomain(ctx, body)),
  }),
  route({
    method: 'PATCH',
    path: '/console/domains/:domainId',
    audience,
    summary: 'Whether subdomains count too, and whether people at it join by themselves',
    params: one,
    body: ChangeDomain,
    responses: { 200: OrganisationDomain },
    run: async (ctx, { params, body }) => ok(await changeDomain(ctx, { ...body, id: params.domainId })),
  }),
]

const oneDomain = (parts: DomainParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/console/domains/:domainId/check',
    audience,
    summary: 'Look for the record now, at the domain’s own name servers',
    params: one,
    responses: { 200: OrganisationDomain },
    limit: { perMinute: 20 },
    run: async (ctx, { params }) => ok(await checkDomain(ctx, params.domainId, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/domains/:domainId/renewal',
    audience,
    summary: 'Begin again with a domain whose time ran out, with a new record',
    params: one,
    responses: { 200: OrganisationDomain },
    limit: { perMinute: 20 },
    run: async (ctx, { params }) => ok(await renewDomain(ctx, params.domainId)),
  }),
  route({
    method: 'GET',
    path: '/console/domains/:domainId/removal',
    audience,
    summary: 'What taking the domain away would do',
    params: one,
    responses: { 200: DomainRemoval },
    run: async (ctx, { params }) => ok(await previewRemoval(ctx, params.domainId, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/console/domains/:domainId',
    audience,
    fresh: true,
    summary: 'Take a domain away; its members stay',
    params: one,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await removeDomain(ctx, params.domainId)
      return noContent()
    },
  }),
]

const domainChanges = (parts: DomainParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/console/domain-changes',
    audience,
    summary: 'Moves from one domain to another that were made',
    responses: { 200: DomainChangeList },
    run: async (ctx) => ok(await readDomainChanges(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/domain-changes/preview',
    audience,
    summary: 'What would become of each address if the company moved to another domain',
    body: PreviewDomainChange,
    responses: { 200: DomainChangePreview },
    run: async (ctx, { body }) => ok(await previewDomainChange(ctx, body)),
  }),
  route({
    method: 'POST',
    path: '/console/domain-changes',
    audience,
    fresh: true,
    summary: 'Move people to their addresses at the new domain; the old ones find them for 30 days',
    body: ApplyDomainChange,
    responses: { 201: DomainChangeList },
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => created(await applyDomainChange(ctx, body, parts)),
  }),
  route({
    method: 'POST',
    path: '/console/domain-changes/:changeId/undo',
    audience,
    fresh: true,
    summary: 'Give people their old addresses back',
    params: z.object({ changeId: z.uuid() }),
    responses: { 200: DomainChangeList },
    run: async (ctx, { params }) => ok(await undoDomainChange(ctx, params.changeId)),
  }),
]

const disputes = (parts: DomainParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/domain-disputes',
    audience: 'team',
    summary: 'Domains that two organisations have proved',
    responses: { 200: DomainDisputeList },
    run: async (ctx) => ok(await readDisputes(ctx)),
  }),
  route({
    method: 'POST',
    path: '/domain-disputes/:disputeId/decision',
    audience: 'team',
    summary: 'Give a disputed domain to who has proved it last, or leave it where it is',
    params: z.object({ disputeId: z.uuid() }),
    body: DecideDispute,
    responses: { 204: null },
    run: async (ctx, { params, body }) => {
      await decideDispute(ctx, { ...body, id: params.disputeId }, parts)
      return noContent()
    },
  }),
]
