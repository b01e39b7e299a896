import { stretchesOf } from '@clew/client/code-blocks'

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string }

export type Part =
  | { readonly type: 'paragraph'; readonly pieces: readonly Piece[] }
  | { readonly type: 'lines'; readonly text: string }

/** Splits what a person wrote into paragraphs and what keeps its form: code between fences and pasted logs. */
export function partsOf(body: string): Part[] {
  return stretchesOf(body).flatMap((stretch): Part[] =>
    stretch.isCode
      ? [{ type: 'lines', text: stretch.text }]
      : paragraphsOf(stretch.text).map((pieces) => ({ type: 'paragraph', pieces })),
  )
}

/** Finds web addresses and `code` in paragraphs. Everything else is text. */
export function paragraphsOf(body: string): Piece[][] {
  return body
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => piecesOf(paragraph.replace(/^\n+|\n+$/g, '')))
}

// Only http and https become links: nothing that a contact writes may run.
const special = /`([^`\n]{1,500})`|\bhttps?:\/\/[^\s<>"'`]{1,2000}/g

function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of paragraph.matchAll(special)) {
    const piece = match[1] === undefined ? linkOf(match[0]) : ({ type: 'code', text: match[1] } as const)
    const length = match[1] === undefined ? piece.text.length : match[0].length
    if (match.index > at) pieces.push({ type: 'text', text: paragraph.slice(at, match.index) })
    pieces.push(piece)
    at = match.index + length
  }
  if (at < paragraph.length) pieces.push({ type: 'text', text: paragraph.slice(at) })
  return pieces
}

// A full stop or a bracket after an address belongs to the sentence.
function linkOf(found: string): Piece {
  const text = found.replace(/[.,;:!?·»”’)\]]+$/u, '')
  return URL.canParse(text) ? { type: 'link', text, href: new URL(text).href } : { type: 'text', text }
}
