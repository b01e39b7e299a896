import type { CaptureId } from '@clew/contract/primitives'
import type { TxCtx } from '../../platform/ctx.ts'
import type { Keeping } from '../../platform/keeping.ts'
import { emptyFiles } from '../files/index.ts'
import { surveyCaptures, takeDueCaptures } from './repository.keeping.ts'
import { deleteLinksOfCapture } from './repository.people.ts'
import { lockCapture, updateCapture } from './repository.ts'
import { emitAbout } from './use-cases/follow-upload.ts'

/** The file of a capture goes, with its entries and the links to it. What it showed stays in the timeline. */
export const captureKeeping: readonly Keeping[] = [
  {
    class: 'har',
    survey: surveyCaptures,
    purge: async (tx, of) => {
      const due = await takeDueCaptures(tx, of)
      const keys: string[] = []
      for (const { id } of due) keys.push(...(await expire(tx, id)))
      return {
        count: due.length,
        bytes: due.reduce((sum, each) => sum + each.bytes, 0),
        ids: due.map(({ id }) => id),
        keys,
      }
    },
  },
]

async function expire(tx: TxCtx, id: CaptureId): Promise<readonly string[]> {
  const capture = await lockCapture(tx, id)
  if (!capture) return []
  await updateCapture(tx, id, { expiredAt: tx.clock.now() })
  await deleteLinksOfCapture(tx, id)
  emitAbout(tx, 'capture.expired', capture)
  return emptyFiles(tx, [capture.fileId])
}
