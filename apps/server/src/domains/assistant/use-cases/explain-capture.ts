import type { CaptureId, ConversationId, Locale } from '@clew/contract/primitives'
import type { Ctx } from '../../../platform/ctx.ts'
import { findConversation, sayAsAssistant } from '../../conversations/index.ts'
import { type CaptureRow, listCapturesById } from '../../har/index.ts'
import { authorizeAnswer } from '../policy.ts'
import { personReply, say, solvedReplies, words } from '../words.ts'

/** Tells the contact in plain words what their recording shows. */
export async function explainCapture(ctx: Ctx, conversationId: ConversationId, captureId: CaptureId): Promise<void> {
  await ctx.transaction(async (tx) => {
    authorizeAnswer(tx.actor)
    const conversation = await findConversation(tx, conversationId)
    const capture = (await listCapturesById(tx, [captureId])).get(captureId)
    if (!conversation || !capture || capture.state === 'received') return
    const { locale } = conversation
    const replies = capture.state === 'refused' ? [personReply(locale)] : solvedReplies(locale)
    await sayAsAssistant(tx, conversationId, say(explanationOf(capture, locale), replies))
  })
}

function explanationOf(capture: CaptureRow, locale: Locale): string {
  const t = words[locale]
  if (capture.state === 'refused')
    return t(capture.refusal === 'capture.packed' ? 'assistant.capture_packed' : 'assistant.capture_refused')
  const worst = capture.findings.find(({ severity }) => severity !== 'low')
  if (!worst) return t('assistant.capture_clean')
  const next = worst.nextStep ? ` ${worst.nextStep[locale]}` : ''
  return t('assistant.capture_read', { finding: `${worst.message.customer[locale]}${next}` })
}
