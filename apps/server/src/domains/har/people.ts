import type { ConversationId, FileId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { People } from '../../platform/domain.ts'
import { dropFiles } from '../files/index.ts'
import { authorizeAnalyse } from './policy.ts'
import {
  countCapturesOf,
  deleteCaptures,
  deleteCapturesOf,
  deleteLinksOfFiles,
  moveCaptures,
} from './repository.people.ts'

export const capturePeople: People = {
  join: moveCaptures,
  count: countCapturesOf,
  forget: async (tx, contactId) => {
    await deleteCapturesOf(tx, contactId)
    return []
  },
}

/** Forgets what was shown in a conversation, with its files; answers what lies in the store. */
export async function forgetCaptures(tx: TxCtx, conversationId: ConversationId): Promise<readonly string[]> {
  authorizeAnalyse(tx.actor)
  return dropFiles(tx, await deleteCaptures(tx, conversationId))
}

/** Forgets the links to files that are going. */
export async function forgetFileLinks(tx: TxCtx, fileIds: readonly FileId[]): Promise<void> {
  authorizeAnalyse(tx.actor)
  await deleteLinksOfFiles(tx, fileIds)
}
