import type { ContactId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Keeping } from '../../platform/keeping.ts'
import { emptyFiles } from '../files/index.ts'
import { forgetFileLinks } from '../har/index.ts'
import { detachDue, surveyAttachments, surveyConversations, takeDueConversations } from './repository.keeping.ts'

export const conversationKeeping: readonly Keeping[] = [
  {
    class: 'conversation',
    survey: surveyConversations,
    purge: async (tx, of) => {
      const due = await takeDueConversations(tx, of)
      const keys: string[] = []
      for (const { id } of due) keys.push(...(await of.forgetConversation(id)))
      const contactIds: ContactId[] = [...new Set(due.map(({ contactId }) => contactId))]
      const bytes = due.reduce((sum, each) => sum + each.bytes, 0)
      return { count: due.length, bytes, ids: due.map(({ id }) => id), keys, contactIds }
    },
  },
  {
    class: 'attachment',
    survey: surveyAttachments,
    purge: async (tx: TxCtx, of) => {
      const { taken, bytes, fileIds } = await detachDue(tx, of)
      await forgetFileLinks(tx, fileIds)
      return { count: taken, bytes, ids: fileIds, keys: await emptyFiles(tx, fileIds) }
    },
  },
]
