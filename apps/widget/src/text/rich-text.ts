import { stretchesOf } from '@clew/client/code-blocks'

export type Inline = { kind: 'text' | 'code' | 'link'; text: string }
export type Block =
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] }
  | { kind: 'lines'; text: string }

const bullet = /^\s{0,3}[-*•]\s+(.*)$/
const numbered = /^\s{0,3}\d{1,3}[.)]\s+(.*)$/
// Only what is plainly an address; a closing bracket or full stop belongs to the sentence.
const marks = /(`[^`\n]{1,300}`)|(https?:\/\/[^\s<>"'`]{1,2000}[^\s<>"'`.,;:!?)\]}·»])/g

/** What stands where a secret was, in the reader's words: the label names its kind to machines. */
export const withMasks = (text: string, mask: string): string => text.replaceAll(/\[secret:[a-z_]+\]/g, mask)

/** Reads what people and machines write in messages: paragraphs, lists, addresses, code and logs. Nothing in it is markup. */
export function parseRichText(text: string): Block[] {
  return stretchesOf(text).flatMap((stretch): Block[] =>
    stretch.isCode ? [{ kind: 'lines', text: stretch.text }] : parseWords(stretch.text),
  )
}

function parseWords(text: string): Block[] {
  const blocks: Block[] = []
  let isBreak = true
  for (const line of text.split('\n')) {
    const item = bullet.exec(line) ?? numbered.exec(line)
    if (line.trim() === '') isBreak = true
    else if (item !== null) {
      addItem(blocks, parseInline(item[1] ?? ''), numbered.test(line))
      isBreak = true
    } else {
      const last = blocks.at(-1)
      if (!isBreak && last?.kind === 'paragraph') last.lines.push(parseInline(line))
      else blocks.push({ kind: 'paragraph', lines: [parseInline(line)] })
      isBreak = false
    }
  }
  return blocks
}

function addItem(blocks: Block[], item: Inline[], isOrdered: boolean): void {
  const last = blocks.at(-1)
  if (last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(item)
  else blocks.push({ kind: 'list', isOrdered, items: [item] })
}

function parseInline(line: string): Inline[] {
  const parts: Inline[] = []
  let from = 0
  for (const match of line.matchAll(marks)) {
    if (match.index > from) parts.push({ kind: 'text', text: line.slice(from, match.index) })
    const [whole, code] = match
    parts.push(code === undefined ? { kind: 'link', text: whole } : { kind: 'code', text: whole.slice(1, -1) })
    from = match.index + whole.length
  }
  if (from < line.length) parts.push({ kind: 'text', text: line.slice(from) })
  return parts
}
