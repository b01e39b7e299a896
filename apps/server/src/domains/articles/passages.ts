import { plainInline, type Token } from './markdown.ts'

const enoughToQuote = 600

/** What can be quoted from one part of an article: its sentences, and its ordered lists as steps. */
export function passageText(tokens: readonly Token[]): { text: string; steps: string[] } {
  const lines: string[] = []
  const steps: string[] = []
  const lists: string[] = []
  let cells: string[] | undefined
  for (const token of tokens) {
    if (/^(ordered|bullet)_list_open$/.test(token.type)) lists.push(token.type)
    else if (/^(ordered|bullet)_list_close$/.test(token.type)) lists.pop()
    else if (token.type === 'tr_open') cells = []
    else if (token.type === 'tr_close') {
      lines.push(row(cells ?? []))
      cells = undefined
    } else if (token.type === 'inline') {
      const text = plainInline(token.children)
      if (cells) cells.push(text)
      else if (lists[0] === 'ordered_list_open') steps.push(text)
      else lines.push(lists.length > 0 ? `- ${text}` : text)
    } else if (token.type === 'fence' || token.type === 'code_block') lines.push(token.content.trim())
  }
  return { text: quotable(withoutTableHead(lines, tokens)), steps }
}

const row = ([first = '', ...rest]: readonly string[]): string =>
  `- ${first}: ${rest.filter((cell) => cell !== '').join(' · ')}`

/** Column names mean nothing without their columns. */
function withoutTableHead(lines: readonly string[], tokens: readonly Token[]): string[] {
  const heads = new Set(
    tokens.flatMap((token, at) => (token.type === 'thead_open' ? [row(headOf(tokens.slice(at)))] : [])),
  )
  return lines.filter((line) => !heads.has(line))
}

const headOf = (tokens: readonly Token[]): string[] =>
  tokens
    .slice(
      0,
      tokens.findIndex(({ type }) => type === 'thead_close'),
    )
    .filter(({ type }) => type === 'inline')
    .map(({ children }) => plainInline(children))

/** Whole blocks until there is enough: nobody reads a page inside a message. */
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
