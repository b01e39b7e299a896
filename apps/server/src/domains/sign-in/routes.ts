import { AcceptInvitation, AgentSession, SetUpOwner, SignIn } from '@clew/contract/sessions'
import {
  ChooseOrganisation,
  PasskeyOptions,
  ProofWays,
  ProveAgain,
  SignInStart,
  SignInStep,
  StartSignIn,
} from '@clew/contract/sign-in'
import { z } from 'zod'
import { type AnyRoute, created, noContent, ok, route } from '../../platform/routes.ts'
import { hasOwner } from '../organisations/index.ts'
import { entered, entering, ownSession, type SignInRouteParts, sessionView, signedIn, system } from './answer.ts'
import { clearCookies, refuseInsecure, setSessionCookie } from './cookies.ts'
import { keepLoginHint } from './login-hint.ts'
import { deviceCookie, sessionCookie } from './model.ts'
import { noSingleSignOn } from './parts.ts'
import { apiKeyRoutes } from './routes.api-keys.ts'
import { ownSignInRoutes } from './routes.own.ts'
import { stepRoutes } from './routes.steps.ts'
import { acceptInvitation } from './use-cases/accept-invitation.ts'
import { askForProvingPasskey, proveAgain, readProofWays } from './use-cases/prove-again.ts'
import { endSession } from './use-cases/read-session.ts'
import { setUpOwner } from './use-cases/set-up-owner.ts'
import { signIn } from './use-cases/sign-in.ts'
import { switchOrganisation } from './use-cases/switch-organisation.ts'

export type { SignInRouteParts }

export const signInRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  ...entranceRoutes(parts),
  ...passwordRoutes(parts),
  ...stepRoutes(parts),
  ...sessionRoutes(parts),
  ...proofRoutes(parts),
  ...ownSignInRoutes(parts),
  ...apiKeyRoutes,
]

/** The ways into the team: the first owner, and by invitation. */
const entranceRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/setup',
    audience: 'public',
    summary: 'Whether the first owner still has to be created',
    responses: { 200: z.object({ needed: z.boolean() }) },
    run: async (ctx) => ok({ needed: !(await system(parts, ctx).transaction(hasOwner)) }),
  }),
  route({
    method: 'POST',
    path: '/setup',
    audience: 'public',
    summary: 'Create the first owner with the one-time token',
    body: SetUpOwner,
    responses: { 201: AgentSession },
    limit: { perMinute: 10 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      const opened = await setUpOwner(entering(parts, ctx), body, parts.brand())
      return created(await signedIn(parts, { ctx, request, reply }, opened))
    },
  }),
  route({
    method: 'POST',
    path: '/invitations/accept',
    audience: 'public',
    summary: 'Join an organisation by an invitation',
    body: AcceptInvitation,
    responses: { 201: AgentSession },
    limit: { perMinute: 10 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      const opened = await acceptInvitation(entering(parts, ctx), body, parts)
      return created(await signedIn(parts, { ctx, request, reply }, opened))
    },
  }),
]

const passwordRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/session/start',
    audience: 'public',
    summary: 'How the people of an address sign in',
    body: StartSignIn,
    responses: { 200: SignInStart },
    limit: { perMinute: 30 },
    run: async (ctx, { body, reply }) => {
      const sso = await (parts.sso ?? noSingleSignOn).startFor(entering(parts, ctx), body.email)
      if (sso) keepLoginHint(reply, sso.url, body.email)
      return ok(sso === undefined ? { next: 'password' } : { next: 'sso', sso })
    },
  }),
  route({
    method: 'POST',
    path: '/session',
    audience: 'public',
    summary: 'Sign in by password; 202 says what is still missing',
    body: SignIn,
    responses: { 200: AgentSession, 202: SignInStep },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      const input = { ...body, device: request.cookies[deviceCookie] }
      return entered(parts, { ctx, request, reply }, await signIn(entering(parts, ctx), input, parts))
    },
  }),
]

const sessionRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/session',
    audience: 'member',
    personOnly: true,
    beforeSecondFactor: true,
    summary: 'Who is signed in',
    responses: { 200: AgentSession },
    run: async (ctx, { request }) => {
      const { session } = await ownSession(parts, request)
      return ok(await sessionView(parts, ctx, session))
    },
  }),
  route({
    method: 'DELETE',
    path: '/session',
    audience: 'member',
    personOnly: true,
    beforeSecondFactor: true,
    summary: 'Sign out',
    responses: { 204: null },
    run: async (ctx, { request, reply }) => {
      const { token } = await ownSession(parts, request)
      await endSession(system(parts, ctx), token)
      clearCookies(reply, [sessionCookie])
      return noContent()
    },
  }),
  route({
    method: 'POST',
    path: '/session/switch',
    audience: 'member',
    personOnly: true,
    summary: 'Change over to another organisation that was proved together with this one',
    body: ChooseOrganisation,
    responses: { 200: AgentSession, 202: SignInStep },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request, reply }) => {
      const { session } = await ownSession(parts, request)
      const entry = await switchOrganisation(system(parts, ctx), { session, ...body }, parts)
      if (entry.is === 'step') clearCookies(reply, [sessionCookie])
      return entered(parts, { ctx, request, reply }, entry)
    },
  }),
]

/** Saying once more who one is, which routes with `fresh` ask for. */
const proofRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/session/proof',
    audience: 'member',
    personOnly: true,
    beforeSecondFactor: true,
    summary: 'By what whoever is signed in can prove it again',
    responses: { 200: ProofWays },
    run: async (ctx, { request }) =>
      ok(await readProofWays(system(parts, ctx), (await ownSession(parts, request)).session)),
  }),
  route({
    method: 'POST',
    path: '/session/proof/passkey',
    audience: 'member',
    personOnly: true,
    beforeSecondFactor: true,
    summary: 'What a passkey is to sign to prove it again',
    responses: { 200: PasskeyOptions },
    limit: { perMinute: 20 },
    run: async (ctx, { request }) =>
      ok(await askForProvingPasskey(system(parts, ctx), (await ownSession(parts, request)).session, parts)),
  }),
  route({
    method: 'POST',
    path: '/session/proof',
    audience: 'member',
    personOnly: true,
    beforeSecondFactor: true,
    summary: 'Prove again who is signed in; the session gets a new token',
    body: ProveAgain,
    responses: { 204: null },
    limit: { perMinute: 20 },
    run: async (ctx, { body, request, reply }) => {
      const { session, token } = await ownSession(parts, request)
      const next = await proveAgain(system(parts, ctx), { session, token, proof: body }, parts)
      setSessionCookie(reply, { token: next, expiresAt: session.expiresAt })
      return noContent()
    },
  }),
]
