import type { InviteSettings } from './domains/organisations/index.ts'
import type { SsoParts } from './domains/single-sign-on/index.ts'
import type { Actor } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import type { Config } from './platform/config.ts'
import { type Ctx, createCtx } from './platform/ctx.ts'
import type { Database } from './platform/database.ts'
import { originOf } from './platform/http/origin.ts'
import { localeOf } from './platform/http/problems.ts'

type From = Pick<
  SsoParts,
  'seal' | 'brand' | 'baseUrl' | 'asSystem' | 'session' | 'provisionedBy' | 'signInNameOfCase'
> & {
  config: Config
  database: Database
  clock: Clock
  actAs(ctx: Ctx, actor: Actor): Ctx
}

/** What single sign-on is built from. */
export const ssoParts = (from: From): SsoParts & { inviting: InviteSettings } => {
  const { config, database, clock, brand, baseUrl, seal, asSystem, session, provisionedBy, signInNameOfCase } = from
  return {
    seal,
    brand,
    baseUrl,
    asSystem,
    asMember: from.actAs,
    session,
    provisionedBy,
    signInNameOfCase,
    rules: { hosts: config.ssoHosts },
    ctxOf: (request, job) =>
      createCtx(database, {
        actor: { type: 'system', job },
        organisationId: undefined,
        locale: localeOf(request),
        requestId: request.id,
        origin: { via: 'sign_in', ...originOf(request) },
        clock,
      }),
    inviting: { brand, baseUrl, hasMailServer: config.smtpUrl !== undefined },
  }
}
