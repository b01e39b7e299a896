/**
 * The same text in memory of its own. Engines let a part of a text point into the whole: whoever remembers a word of a page this
 * way keeps the page.
 */
export function ownCopy(text: string): string {
  return text.length < SHORTEST_PART ? text : `${text} `.slice(0, -1)
}

/** Shorter parts are copied anyway. */
const SHORTEST_PART = 13
