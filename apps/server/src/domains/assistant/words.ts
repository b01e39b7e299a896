import type { QuickReply } from '@clew/contract/conversations'
import type { Locale } from '@clew/contract/primitives'
import { describeRun, type Flow, type Run } from '@clew/flows'
import { createT } from '@clew/i18n'
import * as wordsEl from '@clew/i18n/generated/assistant.el'
import * as wordsEn from '@clew/i18n/generated/assistant.en'
import type { AssistantMessage } from '../conversations/index.ts'
import type { Answer } from './answerer.ts'

export const words = { en: createT('en', wordsEn.catalogue), el: createT('el', wordsEl.catalogue) }

export const personReply = (locale: Locale): QuickReply => ({
  id: 'person',
  label: words[locale]('assistant.reply_person'),
})
const workedReply = (locale: Locale): QuickReply => ({ id: 'worked', label: words[locale]('assistant.reply_worked') })

/** A sentence of our own, with buttons. */
export const say = (body: string, quickReplies: QuickReply[] = []): AssistantMessage => ({
  body,
  content: quickReplies.length > 0 ? { quickReplies } : {},
})

/** The quoted answer, its source, and the next moves. */
export function answerMessage(locale: Locale, answer: Extract<Answer, { kind: 'answer' }>): AssistantMessage {
  const t = words[locale]
  const { flowId, slug } = answer.article
  const checks = flowId === undefined ? [] : [{ id: `flow:${flowId}`, label: t('assistant.reply_checks') }]
  return {
    body: answer.text,
    content: {
      sources: answer.sources,
      ...(answer.steps.length > 0 ? { steps: answer.steps } : {}),
      quickReplies: [
        workedReply(locale),
        ...checks,
        { id: `stuck:${slug}`, label: t('assistant.reply_still_stuck') },
        personReply(locale),
      ],
    },
  }
}

/** The current step of a run, with its replies as buttons. */
export function stepMessage(locale: Locale, flow: Flow, run: Run): AssistantMessage {
  const { current } = describeRun(flow, run, locale)
  if (!current) throw new Error('only a running flow has a step to say')
  return {
    body: `${current.title}\n${current.say}`,
    content: {
      flow: { flowId: flow.id, stepId: current.id },
      quickReplies: [
        ...current.replies.map(({ id, label }) => ({ id: `flow:${flow.id}:${current.id}:${id}`, label })),
        personReply(locale),
      ],
    },
  }
}

export const closestMessage = (
  locale: Locale,
  closest: readonly { slug: string; title: string }[],
): AssistantMessage =>
  closest.length === 0
    ? say(words[locale]('assistant.not_sure'), [personReply(locale)])
    : say(words[locale]('assistant.closest'), [
        ...closest.map(({ slug, title }) => ({ id: `article:${slug}`, label: title })),
        personReply(locale),
      ])

export const solvedReplies = (locale: Locale): QuickReply[] => [workedReply(locale), personReply(locale)]
