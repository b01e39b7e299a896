import type { NoteWrongAnswer, Regression } from '@clew/contract/assistant-learning'
import type { z } from 'zod'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { listContacts } from '../../contacts/index.ts'
import { findConversation, listMessages, listMessagesById, type MessageRow } from '../../conversations/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { regressionLine } from '../learning/regression-line.ts'
import { regressionView } from '../learning/regression-view.ts'
import type { SharedParts } from '../parts.ts'
import { authorizeLearning } from '../policy.ts'
import { deleteRegression, listRegressions, saveRegression } from '../repository.regressions.ts'

const mostHistory = 100

/** An answer was wrong: the conversation up to it is kept as a test, with what would have been right. */
export async function noteWrongAnswer(
  ctx: Ctx,
  wrong: z.output<typeof NoteWrongAnswer>,
  parts: Pick<SharedParts, 'library'>,
): Promise<Regression> {
  return ctx.transaction(async (tx) => {
    const { actor } = tx
    authorizeLearning(actor, await findSupportTeam(tx))
    const answer = (await listMessagesById(tx, [wrong.messageId])).get(wrong.messageId)
    const conversation = answer && (await findConversation(tx, answer.conversationId))
    if (!conversation || answer?.authorType !== 'assistant') throw new AppError('message.not_found')
    const { asked, before } = await talkBefore(tx, answer)
    const name = (await listContacts(tx, [conversation.contactId])).get(conversation.contactId)?.name
    const id = tx.ids.next()
    const talk = {
      conversation,
      asked,
      before,
      names: name === undefined ? [] : [name],
      isGreeklish: parts.library().detect(asked.body).greeklish,
    }
    await saveRegression(tx, {
      id,
      messageId: answer.id,
      conversationId: conversation.id,
      contactId: conversation.contactId,
      line: regressionLine(id, talk, wrong),
      notedBy: actor.name,
      notedAt: tx.clock.now(),
    })
    const saved = (await listRegressions(tx)).find(({ messageId }) => messageId === answer.id)
    if (!saved) throw new AppError('message.not_found')
    return regressionView(saved)
  })
}

/** The message that was answered and what was said before it. Notes are for the team alone. */
async function talkBefore(tx: TxCtx, answer: MessageRow): Promise<{ asked: MessageRow; before: MessageRow[] }> {
  const after = Math.max(0, answer.seq - 1 - mostHistory)
  const said = (await listMessages(tx, answer.conversationId, { after, limit: mostHistory })).filter(
    ({ kind, internal, seq }) => kind === 'message' && !internal && seq < answer.seq,
  )
  const place = said.findLastIndex(({ authorType, body }) => authorType === 'contact' && body !== '')
  const asked = said[place]
  if (!asked) throw new AppError('message.not_found')
  return { asked, before: said.slice(0, place) }
}

export async function dropRegression(ctx: Ctx, id: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeLearning(tx.actor, await findSupportTeam(tx))
    if (!(await deleteRegression(tx, id))) throw new AppError('message.not_found')
  })
}
