import type { RetentionClass } from '@clew/contract/retention'
import type { Ctx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { Keeping } from '../../platform/keeping.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import type { Storage } from '../../platform/storage.ts'

export type ForgetParts = {
  /** Every room that holds something of people, lowest first. */
  people: () => readonly People[]
  storage: Pick<Storage, 'remove'>
  /** What certificates are signed with. */
  seal: TextSeal
  /** For how long backups still know what was deleted. */
  backupDays: number
}

export type RetentionParts = ForgetParts & {
  keeping: () => readonly Keeping[]
  jobs: Jobs
  asSystem(ctx: Ctx, job: string): Ctx
  /** How long each kind is kept where nobody has said it. */
  builtIn: Readonly<Record<RetentionClass, number | null>>
}
