import type { SignInStart } from '@clew/contract/sign-in'
import type { Ctx, TxCtx } from '../../platform/ctx.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import type { MemberRow } from '../organisations/index.ts'

/** What single sign-on, which stands above this room, says of somebody. */
export type SingleSignOn = {
  /** Where the people of this address sign in; nothing where they do it here. */
  startFor(ctx: Ctx, email: string): Promise<SignInStart['sso']>
  /** Whether somebody has to come by their identity provider. */
  isRequired(tx: TxCtx, member: MemberRow): Promise<boolean>
  /** Whether somebody can come by their identity provider. */
  isPossible(tx: TxCtx, member: MemberRow): Promise<boolean>
  /** Somebody came in without their identity provider. */
  noteEntry(tx: TxCtx, member: MemberRow): Promise<void>
}

export type SignInParts = {
  brand: () => string
  /** The address at which people see the product: what a passkey is bound to. */
  baseUrl: () => string
  /** Keeps the secrets of authenticator apps. */
  seal: TextSeal
  jobs: Jobs
  /** The same request, acting as a named job of the system. */
  asSystem(ctx: Ctx, job: string): Ctx
  sso?: SingleSignOn
}

export const noSingleSignOn: SingleSignOn = {
  startFor: async () => undefined,
  isRequired: async () => false,
  isPossible: async () => false,
  noteEntry: async () => undefined,
}
