import type { FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { authorizeSweep } from './policy.ts'
import {
  countFilesOf,
  deleteFiles,
  deleteFilesOf,
  deleteTeamFiles,
  hollowFiles,
  moveFiles,
} from './repository.people.ts'

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

/** Deletes files with their rows. */
export async function dropFiles(tx: TxCtx, ids: readonly FileId[]): Promise<readonly string[]> {
  authorizeSweep(tx.actor)
  return deleteFiles(tx, ids)
}

/** Deletes what was in files, and what they were called. That there was something stays. */
export async function emptyFiles(tx: TxCtx, ids: readonly FileId[]): Promise<readonly string[]> {
  authorizeSweep(tx.actor)
  return hollowFiles(tx, ids)
}
