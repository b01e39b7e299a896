import {
  ConnectionId,
  ConnectionList,
  DryRun,
  ListRequests,
  MadeScimToken,
  NewConnection,
  NewScimToken,
  ProvisioningConnection,
  ProvisioningRequestId,
  ProvisioningRequestList,
  RenameConnection,
  RotateScimToken,
  SaveConnection,
  ScimTokenId,
  WholeProvisioningRequest,
} from '@clew/contract/provisioning'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import {
  createConnection,
  readConnections,
  removeConnection,
  renameConnection,
  saveConnection,
} from './use-cases/manage-connections.ts'
import { makeToken, revokeToken, rotateToken } from './use-cases/manage-tokens.ts'
import { readRequest, readRequests } from './use-cases/read-requests.ts'
import { replayRequest } from './use-cases/replay-request.ts'

export type RouteParts = { baseUrl: () => string }

const base = '/console/provisioning'
const ofConnection = z.object({ connectionId: ConnectionId })
const ofToken = ofConnection.extend({ tokenId: ScimTokenId })
const ofRequest = ofConnection.extend({ requestId: ProvisioningRequestId })

export const provisioningRoutes = (parts: RouteParts): readonly AnyRoute[] => [
  ...connectionRoutes(parts),
  ...tokenRoutes(parts),
  ...requestRoutes(parts),
]

const connectionRoutes = ({ baseUrl }: RouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: base,
    audience: 'member',
    summary: 'The connections by which identity providers keep members up to date',
    responses: { 200: ConnectionList },
    run: async (ctx) => ok(await readConnections(ctx, baseUrl())),
  }),
  route({
    method: 'POST',
    path: base,
    audience: 'member',
    fresh: true,
    summary: 'Add a provisioning connection',
    body: NewConnection,
    responses: { 201: ProvisioningConnection },
    run: async (ctx, { body }) => created(await createConnection(ctx, { ...body, baseUrl: baseUrl() })),
  }),
  route({
    method: 'PUT',
    path: `${base}/:connectionId`,
    audience: 'member',
    fresh: true,
    summary: 'Change a provisioning connection and the roles that it gives',
    params: ofConnection,
    body: SaveConnection,
    responses: { 200: ProvisioningConnection },
    run: async (ctx, { params, body }) =>
      ok(await saveConnection(ctx, { ...body, id: params.connectionId, baseUrl: baseUrl() })),
  }),
  route({
    method: 'PATCH',
    path: `${base}/:connectionId`,
    audience: 'member',
    summary: 'Give a provisioning connection another name',
    params: ofConnection,
    body: RenameConnection,
    responses: { 200: ProvisioningConnection },
    run: async (ctx, { params, body }) =>
      ok(await renameConnection(ctx, { ...body, id: params.connectionId, baseUrl: baseUrl() })),
  }),
  route({
    method: 'DELETE',
    path: `${base}/:connectionId`,
    audience: 'member',
    fresh: true,
    summary: 'Remove a provisioning connection; its members stay, its groups go',
    params: ofConnection,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await removeConnection(ctx, params.connectionId)
      return noContent()
    },
  }),
]

const tokenRoutes = ({ baseUrl }: RouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: `${base}/:connectionId/tokens`,
    audience: 'member',
    fresh: true,
    summary: 'Make a token for a provisioning connection; it is shown once',
    params: ofConnection,
    body: NewScimToken,
    responses: { 201: MadeScimToken },
    run: async (ctx, { params, body }) => created(await makeToken(ctx, { ...params, ...body, baseUrl: baseUrl() })),
  }),
  route({
    method: 'POST',
    path: `${base}/:connectionId/tokens/:tokenId/rotate`,
    audience: 'member',
    fresh: true,
    summary: 'Make a token that takes the place of another, which works a few days longer',
    params: ofToken,
    body: RotateScimToken,
    responses: { 201: MadeScimToken },
    run: async (ctx, { params, body }) => created(await rotateToken(ctx, { ...params, ...body, baseUrl: baseUrl() })),
  }),
  route({
    method: 'DELETE',
    path: `${base}/:connectionId/tokens/:tokenId`,
    audience: 'member',
    fresh: true,
    summary: 'End a token at once',
    params: ofToken,
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeToken(ctx, params)
      return noContent()
    },
  }),
]

const requestRoutes = ({ baseUrl }: RouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: `${base}/:connectionId/requests`,
    audience: 'member',
    summary: 'What an identity provider asked for, the newest first',
    params: ofConnection,
    query: ListRequests,
    responses: { 200: ProvisioningRequestList },
    run: async (ctx, { params, query }) => ok(await readRequests(ctx, { ...params, ...query })),
  }),
  route({
    method: 'GET',
    path: `${base}/:connectionId/requests/:requestId`,
    audience: 'member',
    summary: 'One request of an identity provider with its body, without secrets',
    params: ofRequest,
    responses: { 200: WholeProvisioningRequest },
    run: async (ctx, { params }) => ok(await readRequest(ctx, params)),
  }),
  route({
    method: 'POST',
    path: `${base}/:connectionId/requests/:requestId/dry-run`,
    audience: 'member',
    summary: 'What a request would change if it came now; nothing of it is kept',
    params: ofRequest,
    responses: { 200: DryRun },
    limit: { perMinute: 30 },
    run: async (ctx, { params }) =>
      ok(await replayRequest(ctx, { ...params, baseUrl: `${baseUrl()}/scim/v2/${params.connectionId}` })),
  }),
]
