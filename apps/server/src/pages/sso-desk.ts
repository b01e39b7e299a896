import type { SsoSetUp } from '@clew/contract/single-sign-on'
import type { FastifyRequest } from 'fastify'
import type { Product } from '../clew.ts'
import type { OpenSetup, SsoParts, WayIn } from '../domains/single-sign-on/index.ts'
import { fillInByLink, findWay, openSetupLink } from '../domains/single-sign-on/index.ts'
import type { Ctx } from '../platform/ctx.ts'

/** What the pages of single sign-on may ask of the product. */
export type SsoDesk = {
  /** Where somebody with this address goes: to their provider, or to a page with a reference. */
  way(request: FastifyRequest, asked: { email: string; next: string | undefined }): Promise<WayIn>
  open(request: FastifyRequest, token: string, attemptId: string | undefined): Promise<OpenSetup>
  fillIn(request: FastifyRequest, filled: { token: string; setUp: SsoSetUp }): Promise<void>
}

export function ssoDesk({ house }: Product): SsoDesk {
  const parts: SsoParts = house.sso
  const ctx = (request: FastifyRequest): Ctx => parts.ctxOf(request, 'single-sign-on.pages')
  return {
    way: (request, asked) => findWay(ctx(request), asked, parts),
    open: (request, token, attemptId) => openSetupLink(ctx(request), token, attemptId),
    fillIn: (request, filled) => fillInByLink(ctx(request), filled, parts),
  }
}
