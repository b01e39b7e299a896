import type { OrganisationId } from '@clew/contract/primitives'
import type { FastifyRequest } from 'fastify'
import type { MemberActor } from '../../platform/actor.ts'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import type { SessionReader } from '../sign-in/index.ts'
import type { OutwardRules } from './outward.ts'

export type CaseAsked = { number: number; within: OrganisationId | undefined }

/** What this room is built from. */
export type SsoParts = {
  seal: TextSeal
  brand: () => string
  baseUrl: () => string
  rules: OutwardRules
  /** The same request, acting as a named job of the system. */
  asSystem(ctx: Ctx, job: string): Ctx
  /** The same request, acting as somebody of an organisation and in its scope. */
  asMember(ctx: Ctx, actor: MemberActor): Ctx
  /** A context of the system for a request that comes in from outside of the API. */
  ctxOf(request: FastifyRequest, job: string): Ctx
  session: SessionReader
  /** What looks after the people of an organisation, by its name; undefined where they are looked after by hand. */
  provisionedBy(tx: TxCtx, organisationId: OrganisationId): Promise<string | undefined>
  /** What the person of a case goes by at sign-in. `within`: of the cases of this organisation only. In the scope of the system. */
  signInNameOfCase(tx: TxCtx, of: CaseAsked): Promise<string | undefined>
}
