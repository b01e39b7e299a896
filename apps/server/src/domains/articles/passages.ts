import { plainInline, type Token } from './markdown.ts'

const enoughToQuote = 600

/** What can be quoted from one part of an article: its sentences, and its ordered lists as steps. */
export function passageText(tokens: readonly Token[]): { text: string; steps: string[] } {
  const found = placed(tokens)
  return {
    text: quotable(linesOf(found.filter(({ place }) => place !== 'step' && place !== 'head'))),
    steps: found.filter(({ place }) => place === 'step').map(({ text }) => text),
  }
}

type Placed = { place: 'text' | 'item' | 'step' | 'head' | 'cell'; text: string; row: number }

const containers = /^(ordered_list|bullet_list|thead|tr)_(open|close)$/

/** Every text with where it stands. */
function placed(tokens: readonly Token[]): Placed[] {
  const open: string[] = []
  let row = 0
  return tokens.flatMap((token) => {
    const [, container, end] = containers.exec(token.type) ?? []
    if (container !== undefined && end === 'open') open.push(container)
    if (end === 'close') open.pop()
    if (container === 'tr') row += 1
    const text = textOf(token)
    return text === '' ? [] : [{ place: placeOf(open), text, row }]
  })
}

function textOf({ type, children, content }: Token): string {
  if (type === 'inline') return plainInline(children)
  return type === 'fence' || type === 'code_block' ? content.trim() : ''
}

/** Column names mean nothing without their columns, and a list inside a step is part of the step. */
function placeOf(open: readonly string[]): Placed['place'] {
  if (open.includes('thead')) return 'head'
  if (open.includes('tr')) return 'cell'
  if (open[0] === 'ordered_list') return 'step'
  return open.length > 0 ? 'item' : 'text'
}

/** One line for each paragraph, item and row. */
function linesOf(found: readonly Placed[]): string[] {
  const lines: string[] = []
  for (const [i, { place, text, row }] of found.entries()) {
    if (place !== 'cell') lines.push(place === 'item' ? `- ${text}` : text)
    else if (found[i - 1]?.place !== 'cell' || found[i - 1]?.row !== row) lines.push(rowOf(found.slice(i), row))
  }
  return lines
}

function rowOf(found: readonly Placed[], row: number): string {
  const [first = '', ...rest] = found
    .filter((each) => each.place === 'cell' && each.row === row)
    .map(({ text }) => text)
  return `- ${first}: ${rest.join(' · ')}`
}

/** Whole lines until there is enough: nobody reads a page inside a message. */
function quotable(lines: readonly string[]): string {
  const kept: string[] = []
  let length = 0
  for (const line of lines) {
    if (length >= enoughToQuote) break
    kept.push(line)
    length += line.length
  }
  return kept.join('\n')
}
