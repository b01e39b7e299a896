import type { Dialogue } from '../dialogue/dialogue.ts'
import { isSilent } from '../dialogue/states.ts'
import { phrases, saidIn } from '../understanding/said.ts'
import type { Understanding } from '../understanding/understand.ts'
import { parseChoice } from './choice.ts'
import { followChoice } from './follow-choice.ts'
import { replyToWords } from './reply-to-words.ts'
import { moved, quiet, type Step, type Turn } from './step.ts'
import { personReply, say, words } from './words.ts'

/**
 * One turn of the assistant: what it says to a message or a pressed button, what has to be done, and what it remembers.
 * The same pipeline serves the bubble, the playground and the evaluation; it writes nothing and calls nobody but
 * `knowledge`. Once a person has the conversation it says nothing.
 */
export async function takeTurn(turn: Turn, dialogue: Dialogue, quickReplyId?: string): Promise<Step> {
  if (isSilent(dialogue.state)) return quiet(dialogue)
  const choice = quickReplyId === undefined ? undefined : parseChoice(quickReplyId)
  if (choice) return followChoice(turn, { ...dialogue, offeredPerson: false, otherQuestion: false }, choice)
  if (!turn.understood) return quiet(dialogue)
  const step = await answerWords(turn, dialogue, turn.understood)
  return { ...step, dialogue: { ...step.dialogue, otherQuestion: false } }
}

async function answerWords(turn: Turn, dialogue: Dialogue, understood: Understanding): Promise<Step> {
  const warned = warnOfSecrets(turn, dialogue)
  if (understood.isOnlySecret && warned) return warned
  const step = await replyToWords(turn, dialogue, understood)
  if (!warned) return step
  return { ...step, sayings: [...warned.sayings, ...step.sayings], did: { ...step.did, action: 'warn-about-secret' } }
}

function warnOfSecrets(turn: Turn, dialogue: Dialogue): Step | undefined {
  if (!turn.understood?.hadSecret) return undefined
  return {
    dialogue: moved(dialogue, 'secret_only'),
    sayings: [say(words[turn.locale]('assistant.masked'), [personReply(turn.locale)])],
    effects: [],
    did: { action: 'warn-about-secret', slugs: [], ask: [] },
  }
}

const personOffered = phrases(`
  person/human/agent/representative/colleague/someone/somebody
  άνθρωπ*/εκπρόσωπ*/κάποιον/συνάδελφ*`)

/** Whether a message of the assistant offers a person and nothing else, so that a yes to it means one. */
export const offersPerson = (text: string): boolean =>
  /[?;;]\s*$/.test(text.trim()) && !/\b(?:or)\b|(?<!\p{L})ή(?!\p{L})/u.test(text) && personOffered.in(saidIn(text))
