import { findGap } from '@clew/client/macro-text'

/** A place in the reply. */
export type Spot = { readonly start: number; readonly end: number }

/** The slash that was just typed on an otherwise empty line; undefined for any other change. */
export function slashTyped(before: string, after: string, caret: number): Spot | undefined {
  if (after.length !== before.length + 1 || after[caret - 1] !== '/') return undefined
  const isLineBegin = caret === 1 || after[caret - 2] === '\n'
  const isLineEnd = caret === after.length || after[caret] === '\n'
  return isLineBegin && isLineEnd ? { start: caret - 1, end: caret } : undefined
}

/** Puts a text in this place, and says what is selected then: what is to be filled in first, or the end. */
export function putInto(draft: string, { start, end }: Spot, text: string): { text: string; selected: Spot } {
  const before = draft.slice(0, start)
  // What stands alone begins on a line of its own.
  const begin = before === '' || before.endsWith('\n') ? before : `${before.trimEnd()}\n\n`
  const gap = findGap(text)
  const at = begin.length + (gap?.start ?? text.length)
  return {
    text: `${begin}${text}${draft.slice(end)}`,
    selected: { start: at, end: begin.length + (gap?.end ?? text.length) },
  }
}

/** What comes with a reply when it is sent. */
export type Extras = { readonly tags: readonly string[]; readonly resolves: boolean }

export const noExtras: Extras = { tags: [], resolves: false }

/** Two macros in one reply: all tags of both, and resolving if one of them does. */
export const withMacro = (extras: Extras, { tags, resolves }: Extras): Extras => ({
  tags: [...new Set([...extras.tags, ...tags])],
  resolves: extras.resolves || resolves,
})
