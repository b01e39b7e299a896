import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { authorizeSweep } from './policy.ts'
import { countFilesOf, deleteFilesOf, deleteTeamFiles, moveFiles } from './repository.people.ts'

export const filePeople: People = {
  join: moveFiles,
  count: countFilesOf,
  forget: deleteFilesOf,
}

/** Forgets what the team had sent to somebody who is being forgotten. */
export async function forgetFiles(tx: TxCtx, ids: readonly FileId[]): Promise<readonly string[]> {
  authorizeSweep(tx.actor)
  return deleteTeamFiles(tx, ids)
}
