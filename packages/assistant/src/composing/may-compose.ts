import { isUnfinished } from '../turn/flow.ts'
import type { Step, Turn } from '../turn/step.ts'

/**
 * Whether a model may put a step into other words: a typed message was answered from the articles, or was not
 * understood well enough. Whatever calls a person, refuses, warns, asks for a fact, or belongs to a flow stays as the
 * rules say it.
 */
export function mayCompose(turn: Turn, { dialogue, effects, sayings, did }: Step): boolean {
  const { run, open, pending } = dialogue
  if (!turn.understood || turn.understood.hadSecret || effects.length > 0 || sayings.length !== 1) return false
  if (open !== undefined || pending !== undefined || (run && isUnfinished(run))) return false
  if (did.action === 'answer') return sayings[0]?.quote !== undefined
  return did.action === 'ask' && dialogue.state === 'clarifying'
}
