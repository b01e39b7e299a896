import type { ConversationId } from '@clew/contract/primitives'
import { currentValues } from '@clew/intake'
import type { TxCtx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import { noteReportedTime } from '../../har/index.ts'
import { authorizeLearn } from '../policy.ts'
import { readCase } from '../repository.ts'

/** The captures of a case hear when the problem happened, so that what they show near that time comes first. */
export async function tellReportedTime(tx: TxCtx, conversationId: ConversationId, jobs: Jobs): Promise<void> {
  authorizeLearn(tx.actor)
  const { facts } = await readCase(tx, conversationId)
  // What a capture has told of itself sorts nothing in it.
  const utc = currentValues(facts.filter(({ source }) => source !== 'har')).timestamps?.utc
  if (utc === undefined) return
  await noteReportedTime(tx, conversationId, { reportedAt: new Date(utc), jobs })
}
