import type { Cleaner } from './cleaner.ts'
import { cleanField } from './forms.ts'
import { cleanHeaderLine } from './headers.ts'
import { cleanJsonText } from './json-body.ts'

/** A multipart body: headers of the parts stay (a file's name is a diagnosis), contents go. Undefined when it is none. */
export function cleanMultipart(text: string, mimeType: string, cleaner: Cleaner): string | undefined {
  const boundary = boundaryOf(text, mimeType)
  if (boundary === undefined) return undefined
  const parts = text.split(`--${boundary}`)
  if (parts.length < 2) return undefined
  const clean = parts.map((part, i) => (i === 0 || part.startsWith('--') ? '' : cleanPart(part, cleaner)))
  return `${clean.join(`--${boundary}`)}${parts.at(-1)?.startsWith('--') === true ? '--\r\n' : ''}`
}

function boundaryOf(text: string, mimeType: string): string | undefined {
  const declared = /boundary="?([^";,\s]{1,100})"?/i.exec(mimeType)?.[1]
  if (declared !== undefined) return declared
  const guessed = /^\s{0,4}--([^\r\n]{1,100})\r?\n/.exec(text)?.[1]
  // Boundaries look random, so one that nobody declared must call itself one, or be plain.
  return guessed === undefined || /boundary/i.test(guessed) || !/[A-Za-z].*\d|\d.*[A-Za-z]/.test(guessed)
    ? guessed
    : undefined
}

function cleanPart(part: string, cleaner: Cleaner): string {
  const gap = /\r?\n\r?\n/.exec(part)
  if (gap === null) return '\r\n'
  const head = part.slice(0, gap.index)
  const body = part.slice(gap.index + gap[0].length).replace(/\r?\n$/, '')
  const name = /(?<![\w*])name="([^"]{0,200})"/i.exec(head)?.[1] ?? ''
  const isFile = /filename\*?=/i.test(head)
  const headers = head
    .split(/\r?\n/)
    .map((line) => (line === '' ? line : cleanHeaderLine(line, cleaner)))
    .join('\r\n')
  return `${headers}\r\n\r\n${isFile ? cleaner.deny('body', 'file', body) : cleanContent(name, body, cleaner)}\r\n`
}

function cleanContent(name: string, body: string, cleaner: Cleaner): string {
  if (/^\s{0,8}[[{]/.test(body)) {
    const clean = cleanJsonText(body, cleaner)
    if (clean !== undefined) return clean
  }
  return cleanField(name, body, cleaner)
}
