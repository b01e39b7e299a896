import { ApiKeyList, CreateApiKey, CreatedApiKey } from '@clew/contract/sign-in'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './use-cases/api-keys.ts'

/** Keys by which programs use the API. No key makes another. */
export const apiKeyRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/console/api-keys',
    audience: 'member',
    summary: 'The API keys of the organisation that work',
    responses: { 200: ApiKeyList },
    run: async (ctx) => ok(await listApiKeys(ctx)),
  }),
  route({
    method: 'POST',
    path: '/console/api-keys',
    audience: 'member',
    fresh: true,
    summary: 'Make an API key; it is shown this once',
    body: CreateApiKey,
    responses: { 201: CreatedApiKey },
    run: async (ctx, { body }) => created(await createApiKey(ctx, body)),
  }),
  route({
    method: 'DELETE',
    path: '/console/api-keys/:keyId',
    audience: 'member',
    personOnly: true,
    summary: 'Revoke an API key',
    params: z.object({ keyId: z.uuid() }),
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeApiKey(ctx, params.keyId)
      return noContent()
    },
  }),
]
