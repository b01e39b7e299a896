import { fromBase64 } from '@clew/redact'
import { inflate } from '../inflate.ts'

const MAX_ROUNDS = 3

/**
 * Everything that a reader can make of a file: its text, its strings, and each of them decoded again and again.
 * Written apart from the sanitiser's own decoders, so that what those miss shows here.
 */
export function readableViews(text: string): string {
  const seen = new Set<string>([text])
  let round = stringsOf(text)
  for (let i = 0; i < MAX_ROUNDS; i += 1) {
    const next = new Set<string>()
    for (const view of round) {
      if (view.length < 4 || seen.has(view)) continue
      seen.add(view)
      for (const decoded of decodings(view)) if (decoded !== view) next.add(decoded)
    }
    round = next
  }
  for (const view of round) seen.add(view)
  return [...seen].join('\n').toLowerCase()
}

export function isReadable(views: string, value: string): boolean {
  return views.includes(value.toLowerCase())
}

function stringsOf(text: string): Set<string> {
  const strings = new Set<string>()
  JSON.parse(text, (key: string, value: unknown) => {
    strings.add(key)
    if (typeof value === 'string' || typeof value === 'number') strings.add(String(value))
    return value
  })
  return strings
}

function* decodings(view: string): Generator<string> {
  if (view.includes('%')) yield unpercent(view)
  if (view.includes('+')) yield unpercent(view.replaceAll('+', ' '))
  if (view.includes('\\')) yield unescapeBackslashes(view)
  if (view.includes('&')) yield unescapeEntities(view)
  for (const [run] of view.matchAll(/[A-Za-z0-9+/_-]{8,}={0,2}/g)) yield* readRun(run)
}

function unpercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run)
    } catch {
      return run
    }
  })
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function unescapeBackslashes(text: string): string {
  return text.replace(/\\(u[0-9a-f]{4}|x[0-9a-f]{2}|.)/gi, (_, escape: string) =>
    escape.length > 1 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : (ESCAPED[escape] ?? escape),
  )
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeEntities(text: string): string {
  return text.replace(/&(#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity.toLowerCase()] ?? whole
    const isHex = /^#x/i.test(entity)
    return String.fromCodePoint(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10))
  })
}

function* readRun(run: string): Generator<string> {
  if (/^(?:[0-9a-f]{2}){4,}$/i.test(run)) {
    yield textOf(Uint8Array.from(run.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
  }
  for (let offset = 0; offset < 4; offset += 1) {
    const part = run.slice(offset).replace(/=+$/, '')
    const bytes = fromBase64(part.length % 4 === 1 ? part.slice(0, -1) : part)
    if (bytes === undefined) continue
    yield textOf(bytes)
    const inflated = offset === 0 && bytes.length > 8 ? inflate(bytes, 1 << 20) : undefined
    if (inflated !== undefined && inflated.length > 0) yield textOf(inflated)
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
