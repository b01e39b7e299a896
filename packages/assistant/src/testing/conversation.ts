import { readRun } from '@clew/flows'
import { classifyProblem, extractFacts, type Fact, type ProblemKind } from '@clew/intake'
import { type Dialogue, newDialogue } from '../dialogue/dialogue.ts'
import type { Knowledge } from '../knowledge.ts'
import type { Step, Turn } from '../turn/step.ts'
import { takeTurn } from '../turn/take-turn.ts'
import { understand } from '../understanding/understand.ts'
import { testKnowledge } from './knowledge.ts'

/** A conversation in memory, as the bubble leads it. */
export function conversation(locale: 'en' | 'el' = 'en', known: Knowledge = testKnowledge()) {
  let dialogue: Dialogue = newDialogue
  let facts: Fact[] = []
  let kind: ProblemKind = 'other'
  let count = 0
  const team = { isOpen: true, opensLine: undefined as string | undefined }
  const take = async (text: string, quickReplyId?: string): Promise<Step> => {
    count += 1
    const now = new Date(Date.UTC(2026, 10, 24, 8, 0, count))
    const understood =
      quickReplyId === undefined ? understand({ text, locale, spoken: dialogue.language, now }, known) : undefined
    const learnt = understood
      ? extractFacts(text, { locale: understood.language, now, zone: 'Europe/Athens', known: facts })
      : []
    facts = [...facts, ...learnt]
    if (kind === 'other') kind = classifyProblem(text, locale).kind
    const turn: Turn = {
      at: now.toISOString(),
      messageId: String(count),
      text,
      understood,
      locale: understood?.language ?? dialogue.language ?? locale,
      facts,
      learnt,
      kind,
      knowledge: known,
      team,
      brand: 'Northlight',
    }
    const step = await takeTurn(turn, dialogue, quickReplyId)
    // What is stored is read back without loss.
    const { run, paused, ...rest } = step.dialogue
    dialogue = {
      ...(JSON.parse(JSON.stringify(rest)) as Dialogue),
      language: turn.locale,
      run: run && readRun(JSON.parse(JSON.stringify(run))),
      paused: paused && readRun(JSON.parse(JSON.stringify(paused))),
    }
    return step
  }
  return {
    say: (text: string) => take(text),
    press: (id: string) => take('', id),
    standing: () => ({ dialogue, facts, kind }),
    team,
  }
}

export const spoken = (step: Step): string => step.sayings.map(({ body }) => body).join('\n')
export const buttons = (step: Step): string[] => step.sayings.flatMap(({ replies }) => replies.map(({ id }) => id))
export const reasonOf = (step: Step): string | undefined =>
  step.effects.find((effect) => effect.type === 'hand_over')?.reason
