import { AgentSession } from '@clew/contract/sessions'
import {
  AskForLink,
  ChooseOrganisation,
  OpenLink,
  PasskeyAssertion,
  PasskeyOptions,
  PassSecondFactor,
  ResetPassword,
  SignInStep,
} from '@clew/contract/sign-in'
import { z } from 'zod'
import { type AnyRoute, noContent, ok, route } from '../../platform/routes.ts'
import { entered, entering, type SignInRouteParts } from './answer.ts'
import { clearCookies, refuseInsecure, setAttemptCookie, setLinkCookie } from './cookies.ts'
import { attemptCookie, linkCookie } from './model.ts'
import { chooseOrganisation } from './use-cases/choose-organisation.ts'
import { askForMail, openLink } from './use-cases/mail-link.ts'
import { askForSecondPasskey, passSecondFactor } from './use-cases/pass-second-factor.ts'
import { askForAnyPasskey, signInByPasskey } from './use-cases/passkey-sign-in.ts'
import { resetPassword } from './use-cases/reset-password.ts'

/** The ways in that take more than a password, or none. */
export const stepRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  ...nextRoutes(parts),
  ...passkeyRoutes(parts),
  ...mailRoutes(parts),
]

const limit = { perMinute: 20 }
const entry = { 200: AgentSession, 202: SignInStep }

/** What comes after the first proof. */
const nextRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/session/organisation',
    audience: 'public',
    summary: 'Choose one of the organisations that were proved together',
    body: ChooseOrganisation,
    responses: entry,
    limit,
    run: async (ctx, { body, request, reply }) => {
      const input = { ...body, token: request.cookies[attemptCookie] }
      return entered(parts, { ctx, request, reply }, await chooseOrganisation(entering(parts, ctx), input, parts))
    },
  }),
  route({
    method: 'POST',
    path: '/session/second-factor/passkey',
    audience: 'public',
    summary: 'What a passkey is to sign as the second factor',
    responses: { 200: PasskeyOptions },
    limit,
    run: async (ctx, { request }) =>
      ok(await askForSecondPasskey(entering(parts, ctx), request.cookies[attemptCookie], parts)),
  }),
  route({
    method: 'POST',
    path: '/session/second-factor',
    audience: 'public',
    summary: 'Show the second factor: a code, a recovery code or a passkey',
    body: PassSecondFactor,
    responses: entry,
    limit,
    run: async (ctx, { body, request, reply }) => {
      const input = { token: request.cookies[attemptCookie], factor: body }
      return entered(parts, { ctx, request, reply }, await passSecondFactor(entering(parts, ctx), input, parts))
    },
  }),
]

const passkeyRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/session/passkey/options',
    audience: 'public',
    summary: 'What a passkey is to sign; no name is asked for',
    responses: { 200: PasskeyOptions },
    limit: { perMinute: 60 },
    run: async (ctx, { request, reply }) => {
      refuseInsecure(request)
      const { publicKey, token } = await askForAnyPasskey(entering(parts, ctx), parts)
      setAttemptCookie(reply, token)
      return ok({ publicKey })
    },
  }),
  route({
    method: 'POST',
    path: '/session/passkey',
    audience: 'public',
    summary: 'Sign in by a passkey',
    body: PasskeyAssertion,
    responses: entry,
    limit,
    run: async (ctx, { body, request, reply }) => {
      const input = { token: request.cookies[attemptCookie], passkey: body }
      return entered(parts, { ctx, request, reply }, await signInByPasskey(entering(parts, ctx), input, parts))
    },
  }),
]

const accepted = { status: 202, body: {} }
const asked = { 202: z.object({}) }

const mailRoutes = (parts: SignInRouteParts): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/session/link',
    audience: 'public',
    summary: 'Ask for a mail with a link to sign in by in this browser',
    body: AskForLink,
    responses: asked,
    limit: { perMinute: 10 },
    run: async (ctx, { body, request, reply }) => {
      refuseInsecure(request)
      setLinkCookie(reply, await askForMail(entering(parts, ctx), { ...body, step: 'link' }, parts))
      return accepted
    },
  }),
  route({
    method: 'POST',
    path: '/session/link/open',
    audience: 'public',
    summary: 'Sign in by a mailed link',
    body: OpenLink,
    responses: entry,
    limit,
    run: async (ctx, { body, request, reply }) => {
      const input = { token: request.cookies[linkCookie], link: body.token }
      const next = await openLink(entering(parts, ctx), input, parts)
      clearCookies(reply, [linkCookie])
      return entered(parts, { ctx, request, reply }, next)
    },
  }),
  route({
    method: 'POST',
    path: '/session/password/forgotten',
    audience: 'public',
    summary: 'Ask for a mail with a link to choose a new password by',
    body: AskForLink,
    responses: asked,
    limit: { perMinute: 10 },
    run: async (ctx, { body }) => {
      await askForMail(entering(parts, ctx), { ...body, step: 'reset' }, parts)
      return accepted
    },
  }),
  route({
    method: 'POST',
    path: '/session/password/reset',
    audience: 'public',
    summary: 'Choose a new password by a mailed link; every session ends',
    body: ResetPassword,
    responses: { 204: null },
    limit,
    run: async (ctx, { body }) => {
      await resetPassword(entering(parts, ctx), body, parts)
      return noContent()
    },
  }),
]
