import type { Actor } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { SealedStorage } from '../../platform/storage/sealed.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import type { AuditParts } from '../audit/index.ts'

export type ExportParts = {
  storage: SealedStorage
  seal: TextSeal
  jobs: Jobs
  brand: () => string
  baseUrl: () => string
  /** Gathering reaches what no scope of people does; each reading is limited to the organisation. */
  asSystem(ctx: Ctx, job: string): Ctx
  /** The audit log is written out by its own room, in the name of whoever asked. */
  actAs(ctx: Ctx, actor: Actor): Ctx
  audit: AuditParts
}
