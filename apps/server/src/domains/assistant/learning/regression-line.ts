import { createTokens, type Labelled } from '@clew/assistant'
import type { NoteWrongAnswer } from '@clew/contract/assistant-learning'
import { extractedFields } from '@clew/intake'
import { maskSecretsInMessage } from '@clew/redact'
import type { z } from 'zod'
import type { ConversationRow, MessageRow } from '../../conversations/index.ts'

type Right = Pick<z.output<typeof NoteWrongAnswer>, 'action' | 'flow' | 'article'>

type Talk = {
  conversation: ConversationRow
  /** The message that was answered wrongly. */
  asked: MessageRow
  /** What was said before it, oldest first. */
  before: readonly MessageRow[]
  names: readonly string[]
  isGreeklish: boolean
}

/** A conversation up to a wrong answer as a labelled message, without secrets and without who it was. */
export function regressionLine(
  id: string,
  { conversation, asked, before, names, isGreeklish }: Talk,
  right: Right,
): Labelled {
  const tokens = createTokens(names)
  const masked = (text: string): string => tokens.hide(maskSecretsInMessage(text).text)
  const history = before.flatMap(({ authorType, body }) =>
    authorType === 'system' || body === '' ? [] : [{ from: authorType, text: masked(body) }],
  )
  return {
    id: `reg-${id}`,
    locale: conversation.locale,
    language: isGreeklish ? 'greeklish' : /\p{Script=Greek}/u.test(asked.body) ? 'el' : conversation.locale,
    tags: ['regression'],
    context: {
      now: asked.createdAt.toISOString(),
      ...(conversation.timeZone === undefined ? {} : { timeZone: conversation.timeZone }),
      ...(history.length > 0 ? { history } : {}),
    },
    message: masked(asked.body),
    expect: {
      action: right.action,
      flow: right.flow,
      handoff: right.action === 'handoff' ? true : null,
      // Nobody labelled what was told, so it is not judged.
      extracted: {},
      optional: [...extractedFields],
      articles: right.article === null ? [] : [right.article],
    },
  }
}
