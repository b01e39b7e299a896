import { MemberId } from '@clew/contract/primitives'
import {
  AddPasskey,
  ChangePassword,
  ConfirmApp,
  EndedSessions,
  NewApp,
  NewRecoveryCodes,
  OwnSessionList,
  OwnSignIn,
  PasskeyOptions,
  RenamePasskey,
} from '@clew/contract/sign-in'
import { z } from 'zod'
import { requirePermission } from '../../platform/require-permission.ts'
import { type AnyRoute, noContent, ok, route } from '../../platform/routes.ts'
import { ownSession, type SignInRouteParts, system } from './answer.ts'
import { setSessionCookie } from './cookies.ts'
import { changePassword } from './use-cases/change-password.ts'
import { beginApp, confirmApp, removeApp, renewRecoveryCodes } from './use-cases/own-app.ts'
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from './use-cases/own-passkeys.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from './use-cases/own-sessions.ts'
import { readOwnSignIn } from './use-cases/own-sign-in.ts'
import { resetFactors } from './use-cases/reset-factors.ts'

/** How whoever is signed in gets in: password, passkeys, authenticator app, recovery codes, sessions. */
export const ownSignInRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  ...passwordRoutes(parts),
  ...passkeyRoutes(parts),
  ...appRoutes(parts),
  ...sessionRoutes(parts),
  resetRoute(parts),
]

const own = { audience: 'member', personOnly: true } as const
/** Setting up a second factor: also for those who can do nothing else yet. */
const settingUp = { ...own, fresh: true, beforeSecondFactor: true } as const
const byId = z.object({ id: z.uuid() })

const passwordRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    ...own,
    method: 'GET',
    path: '/console/own-sign-in',
    beforeSecondFactor: true,
    summary: 'How whoever is signed in gets in',
    responses: { 200: OwnSignIn },
    run: async (ctx, { request }) =>
      ok(await readOwnSignIn(system(parts, ctx), (await ownSession(parts, request)).session)),
  }),
  route({
    ...own,
    method: 'PUT',
    path: '/console/own-sign-in/password',
    summary: 'Change the password: with the old one, or after a fresh proof',
    body: ChangePassword,
    responses: { 200: EndedSessions },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request }) => {
      const { session } = await ownSession(parts, request)
      return ok(await changePassword(system(parts, ctx), { session, ...body }, parts))
    },
  }),
]

const passkeyRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    ...settingUp,
    method: 'POST',
    path: '/console/own-sign-in/passkeys/options',
    summary: 'What an authenticator needs to make a passkey',
    responses: { 200: PasskeyOptions },
    run: async (ctx, { request }) =>
      ok(await beginPasskey(system(parts, ctx), (await ownSession(parts, request)).session, parts)),
  }),
  route({
    ...settingUp,
    method: 'POST',
    path: '/console/own-sign-in/passkeys',
    summary: 'Add a passkey',
    body: AddPasskey,
    responses: { 201: NewRecoveryCodes },
    run: async (ctx, { body, request, reply }) => {
      const at = await ownSession(parts, request)
      const { codes, session } = await addPasskey(system(parts, ctx), { ...at, input: body }, parts)
      setSessionCookie(reply, session)
      return { status: 201, body: codes }
    },
  }),
  route({
    ...own,
    method: 'PATCH',
    path: '/console/own-sign-in/passkeys/:id',
    summary: 'Rename a passkey',
    params: byId,
    body: RenamePasskey,
    responses: { 204: null },
    run: async (ctx, { params, body, request }) => {
      const { session } = await ownSession(parts, request)
      await renamePasskey(system(parts, ctx), { session, ...params, ...body })
      return noContent()
    },
  }),
  route({
    ...own,
    fresh: true,
    method: 'DELETE',
    path: '/console/own-sign-in/passkeys/:id',
    summary: 'Remove a passkey',
    params: byId,
    responses: { 204: null },
    run: async (ctx, { params, request }) => {
      const { session } = await ownSession(parts, request)
      await removePasskey(system(parts, ctx), { session, ...params }, parts)
      return noContent()
    },
  }),
]

const appRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    ...settingUp,
    method: 'POST',
    path: '/console/own-sign-in/app',
    summary: 'A new secret for an authenticator app; it counts once it is confirmed',
    responses: { 200: NewApp },
    run: async (ctx, { request }) =>
      ok(await beginApp(system(parts, ctx), (await ownSession(parts, request)).session, parts)),
  }),
  route({
    ...settingUp,
    method: 'POST',
    path: '/console/own-sign-in/app/confirmation',
    summary: 'Confirm the authenticator app with a code that it shows',
    body: ConfirmApp,
    responses: { 200: NewRecoveryCodes },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request, reply }) => {
      const at = await ownSession(parts, request)
      const { codes, session } = await confirmApp(system(parts, ctx), { ...at, ...body }, parts)
      setSessionCookie(reply, session)
      return ok(codes)
    },
  }),
  route({
    ...own,
    fresh: true,
    method: 'DELETE',
    path: '/console/own-sign-in/app',
    summary: 'Remove the authenticator app',
    responses: { 204: null },
    run: async (ctx, { request }) => {
      await removeApp(system(parts, ctx), (await ownSession(parts, request)).session)
      return noContent()
    },
  }),
  route({
    ...own,
    fresh: true,
    method: 'POST',
    path: '/console/own-sign-in/recovery-codes',
    summary: 'New recovery codes; those from before stop working',
    responses: { 200: NewRecoveryCodes },
    run: async (ctx, { request }) =>
      ok(await renewRecoveryCodes(system(parts, ctx), (await ownSession(parts, request)).session)),
  }),
]

const sessionRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    ...own,
    method: 'GET',
    path: '/console/own-sign-in/sessions',
    summary: 'Where whoever is signed in is signed in',
    responses: { 200: OwnSessionList },
    run: async (ctx, { request }) =>
      ok(await listOwnSessions(system(parts, ctx), (await ownSession(parts, request)).session)),
  }),
  route({
    ...own,
    method: 'DELETE',
    path: '/console/own-sign-in/sessions/:id',
    summary: 'End one session',
    params: byId,
    responses: { 204: null },
    run: async (ctx, { params, request }) => {
      await endOwnSession(system(parts, ctx), (await ownSession(parts, request)).session, params.id)
      return noContent()
    },
  }),
  route({
    ...own,
    method: 'DELETE',
    path: '/console/own-sign-in/sessions',
    summary: 'End all sessions but this one',
    responses: { 200: EndedSessions },
    run: async (ctx, { request }) =>
      ok({ ended: await endOtherSessions(system(parts, ctx), (await ownSession(parts, request)).session) }),
  }),
]

const resetRoute = (parts: SignInRouteParts): AnyRoute =>
  route({
    ...own,
    fresh: true,
    method: 'DELETE',
    path: '/console/members/:memberId/second-factors',
    summary: 'Take away all second factors of somebody who has lost them',
    params: z.object({ memberId: MemberId }),
    responses: { 204: null },
    run: async (ctx, { params }) => {
      requirePermission(ctx.actor, 'members.manage')
      await resetFactors(system(parts, ctx), { by: ctx.actor, ...params })
      return noContent()
    },
  })
