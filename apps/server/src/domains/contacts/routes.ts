import {
  CreatedIdentityKey,
  CreateIdentityKey,
  IdentityKeyList,
  ProveIdentity,
  VerifiedSession,
} from '@clew/contract/identity'
import type { ContactId } from '@clew/contract/primitives'
import { Empty } from '@clew/contract/primitives'
import { ContactSession } from '@clew/contract/sessions'
import { z } from 'zod'
import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { bearerOf } from './token-cache.ts'
import { beginContactSession } from './use-cases/begin-contact-session.ts'
import {
  createIdentityKey,
  type KeyParts,
  listIdentityKeys,
  revokeIdentityKey,
} from './use-cases/manage-identity-keys.ts'
import { type IdentityParts, proveIdentity } from './use-cases/prove-identity.ts'

export type ContactParts = KeyParts & IdentityParts & { actAs(ctx: Ctx, actor: Actor): Ctx }

export const contactRoutes = (parts: ContactParts): readonly AnyRoute[] => [
  ...sessionRoutes(parts),
  ...keyRoutes(parts),
]

const sessionRoutes = (parts: ContactParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/widget/sessions',
    audience: 'public',
    summary: 'Begin a visitor session, with the first message',
    body: Empty,
    responses: { 201: ContactSession },
    limit: { perMinute: 30 },
    run: async (ctx) =>
      created(await beginContactSession(parts.actAs(ctx, { type: 'contact', id: ctx.ids.next() as ContactId }))),
  }),
  route({
    method: 'POST',
    path: '/widget/identity',
    audience: 'public',
    summary: 'Begin a session of the person whom a signed identity names',
    body: ProveIdentity,
    responses: { 201: VerifiedSession },
    limit: { perMinute: 30 },
    run: async (ctx, { body, request }) => {
      const input = { ...body, locale: ctx.locale, token: bearerOf(request) }
      return created(await proveIdentity(parts.asSystem(ctx, 'contacts.prove_identity'), input, parts))
    },
  }),
]

const keyRoutes = (parts: ContactParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/identity-keys',
    audience: 'team',
    personOnly: true,
    summary: 'The keys by which host pages say who somebody is',
    responses: { 200: IdentityKeyList },
    run: async (ctx) => ok(await listIdentityKeys(ctx, parts)),
  }),
  route({
    method: 'POST',
    path: '/identity-keys',
    audience: 'team',
    personOnly: true,
    summary: 'Add a key; its secret is in the answer and never shown again',
    body: CreateIdentityKey,
    responses: { 201: CreatedIdentityKey },
    limit: { perMinute: 20 },
    run: async (ctx, { body }) => created(await createIdentityKey(ctx, body, parts)),
  }),
  route({
    method: 'DELETE',
    path: '/identity-keys/:keyId',
    audience: 'team',
    personOnly: true,
    summary: 'Revoke a key',
    params: z.object({ keyId: z.uuid() }),
    responses: { 204: null },
    run: async (ctx, { params }) => {
      await revokeIdentityKey(ctx, params.keyId, parts)
      return noContent()
    },
  }),
]
