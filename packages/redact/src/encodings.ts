const MAX_ENCODED = 8_192

/**
 * Every written form in which a value may occur in a file: as it is, percent-, form-, JSON-, HTML-escaped, base64, hex. Some come
 * twice. Binary forms are codes, and good until the next is asked for.
 */
export function* needleForms(value: string): Generator<string | Uint8Array> {
  yield* escapedForms(value)
  yield* binaryForms(wellFormed(value))
}

function wellFormed(value: string): string {
  const text = value.length > MAX_ENCODED ? value.slice(0, MAX_ENCODED) : value
  return /[\ud800-\udfff]/.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text
}

/** Forms that are the same for most values are made only for those in which something is escaped. */
function escapedForms(value: string): string[] {
  const text = wellFormed(value)
  if (/^[A-Za-z0-9]*$/.test(text)) return text === value ? [value] : [value, text]
  const percent = encodeURIComponent(text)
  const forms = [value, percent, percent.replace(/[!'()*._~-]/g, percentOf)]
  if (percent.includes('%')) {
    const twice = encodeURIComponent(percent)
    forms.push(percent.replaceAll('%20', '+'), twice, encodeURIComponent(twice))
  }
  if (/[^\x20-\x7e]|["\\/&<>']/.test(text)) forms.push(...quotedForms(text))
  if (/[^\x00-\x7f]/.test(text)) forms.push(...foreignForms(text))
  return forms
}

function quotedForms(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1)
  return [
    json,
    json.replaceAll('/', '\\/'),
    unicodeEscaped(text),
    JSON.stringify(json).slice(1, -1),
    htmlEscaped(text, '&#39;', '&quot;'),
    htmlEscaped(text, '&#x27;', '&#34;'),
  ]
}

/** How letters beyond ASCII are written where only ASCII may stand. */
function foreignForms(text: string): string[] {
  const html = htmlEscaped(text, '&#39;', '&quot;')
  const bytes = text.replace(/[^\x00-\x7f]+/g, encodeURIComponent)
  const named = html.replace(/[\u0391-\u03ce]/g, (char) => nameOfGreek(char) ?? char)
  return [
    text.replace(/[^A-Za-z0-9@*_+./-]/g, percentUnicode),
    text.replace(/[^\x00-\x7f]/gu, (char) => `\\u{${hexOf(char)}}`),
    bytes.replaceAll('%', '\\x'),
    bytes.replaceAll('%', '='),
    html.replace(/[^\x00-\x7f]/gu, (char) => `&#${char.codePointAt(0)};`),
    html.replace(/[^\x00-\x7f]/gu, (char) => `&#x${hexOf(char)};`),
    named,
    named.replace(/[^\x00-\x7f]/gu, (char) => `&#${char.codePointAt(0)};`),
  ]
}

function hexOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16)
}

/** `%u03A0`, as an old function of browsers writes it. */
function percentUnicode(char: string): string {
  return char.charCodeAt(0) < 0x100 ? percentOf(char) : `%u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function percentOf(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

function unicodeEscaped(text: string): string {
  return text.replace(/[^\x20-\x7e]|[<>&'"\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function htmlEscaped(text: string, apostrophe: string, quote: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe)
}

const HEX_DIGITS = codesOf('0123456789abcdef')
const STANDARD = codesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const URL_SAFE = codesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
const MIN_BINARY_FORM = 8

function codesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

const encoder = new TextEncoder()
const valueBytes = new Uint8Array(MAX_ENCODED * 3)
const formBytes = new Uint8Array(MAX_ENCODED * 6)

/**
 * Hex, and base64 in both alphabets. A value inside a longer base64 text starts at one of three alignments; the characters that
 * mix with neighbours are left out.
 */
function* binaryForms(text: string): Generator<Uint8Array> {
  const { written } = encoder.encodeInto(text, valueBytes)
  const bytes = valueBytes.slice(0, written)
  if (written * 2 >= MIN_BINARY_FORM) yield hexCodes(bytes)
  for (let offset = 0; offset < 3; offset += 1) {
    const first = base64Codes(bytes, offset, STANDARD)
    if (first.length < MIN_BINARY_FORM) continue
    const isPlain = !first.some((code) => code === 0x2b || code === 0x2f)
    yield first
    if (!isPlain) yield base64Codes(bytes, offset, URL_SAFE)
  }
}

function hexCodes(bytes: Uint8Array): Uint8Array {
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0
    formBytes[i * 2] = HEX_DIGITS[byte >> 4] ?? 0
    formBytes[i * 2 + 1] = HEX_DIGITS[byte & 15] ?? 0
  }
  return formBytes.subarray(0, bytes.length * 2)
}

/** The characters that stand for these bytes alone when `offset` bytes, of whatever value, come before them. */
function base64Codes(bytes: Uint8Array, offset: number, alphabet: Uint8Array): Uint8Array {
  const bits = bytes.length * 8
  let length = 0
  for (let at = offset === 0 ? 0 : 6 - ((offset * 8) % 6); at + 6 <= bits; at += 6) {
    const byte = at >> 3
    const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0)
    formBytes[length] = alphabet[(pair >> (10 - (at & 7))) & 63] ?? 0
    length += 1
  }
  return formBytes.subarray(0, length)
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(binary)
}

/** Standard or URL alphabet, with or without padding; undefined when it is neither. */
export function fromBase64(text: string): Uint8Array | undefined {
  const compact = text
    .replace(/[\s=]+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  if (compact.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(compact)) return undefined
  const binary = atob(compact)
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function decodeUtf8(bytes: Uint8Array): string {
  return SHARED_DECODER.decode(bytes)
}

/**
 * What a text says once its escapes are undone. Independent of `encodedForms`, so that one can check the other:
 * the sanitiser erases encoded forms, its last check decodes what is left and looks for the plain values.
 */
export function decodedViews(text: string): string[] {
  return [...unescapedViews(text), ...findRuns(text).flatMap(readingsOfRun)]
}

/** Percent (up to three times), backslash and entity escapes undone. */
function unescapedViews(text: string): string[] {
  const views: string[] = []
  for (let before = text, times = 0; times < 3; times += 1) {
    const percent = decodePercent(before)
    if (percent === before) break
    views.push(percent)
    before = percent
  }
  if (text.includes('\\')) views.push(decodeBackslashes(text))
  if (text.includes('&')) views.push(decodeEntities(text))
  return views
}

/** Never throws: what is no valid escape stays as it is. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9A-Fa-f]{2})+|%u[0-9A-Fa-f]{4}/g, (run) => {
    if (run.charAt(1) === 'u') return String.fromCharCode(Number.parseInt(run.slice(2), 16))
    const bytes = new Uint8Array(run.length / 3)
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16)
    return decodeUtf8(bytes)
  })
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

const BACKSLASHED = /\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|(x[0-9A-Fa-f]{2}(?:\\x[0-9A-Fa-f]{2})*)|(.))/g

/** Several of them may be UTF-8; one alone, or what is none, are characters. */
function readEscapedBytes(run: string): string {
  const bytes = Uint8Array.from(run.replace(/^x/, '').split('\\x'), (digits) => Number.parseInt(digits, 16))
  const text = decodeUtf8(bytes)
  return text.includes('\ufffd') ? Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') : text
}

function decodeBackslashes(text: string): string {
  return text.replace(BACKSLASHED, (...groups: string[]) => {
    const [, unicode, braced, bytes, char = ''] = groups
    if (bytes !== undefined) return readEscapedBytes(bytes)
    if (unicode === undefined && braced === undefined) return SIMPLE_ESCAPES[char] ?? char
    const code = Number.parseInt(unicode ?? braced ?? '', 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** In the order of Unicode; the eighteenth small one is the final sigma. */
const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega'.split(
    ' ',
  )
const FIRST_GREEK = { capital: 0x391, small: 0x3b1 }

function nameOfGreek(char: string): string | undefined {
  const code = char.charCodeAt(0)
  const isSmall = code >= FIRST_GREEK.small
  const name = GREEK[code - (isSmall ? FIRST_GREEK.small : FIRST_GREEK.capital)]
  if (name === undefined) return undefined
  return isSmall ? `&${name};` : `&${name.charAt(0).toUpperCase()}${name.slice(1)};`
}

function greekOf(name: string): string | undefined {
  const at = GREEK.indexOf(name.toLowerCase())
  if (at < 0) return undefined
  const isSmall = name.charAt(0) === name.charAt(0).toLowerCase()
  return String.fromCharCode((isSmall ? FIRST_GREEK.small : FIRST_GREEK.capital) + at)
}

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,7}));/gi, (...groups: string[]) => {
    const [whole = '', hex, decimal, name] = groups
    if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? greekOf(name) ?? whole
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const MAX_RUN = 65_536
const SEXTETS = sextets()

function sextets(): Int8Array {
  const table = new Int8Array(128).fill(-1)
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  for (let i = 0; i < letters.length; i += 1) table[letters.charCodeAt(i)] = i
  table[0x2d] = 62
  table[0x5f] = 63
  return table
}

const MIN_RUN = 12

/** Parts of a text that may be base64 or hex. Written as a loop: it looks at every character of every kept text. */
function findRuns(text: string): string[] {
  const runs: string[] = []
  let start = 0
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 0
    if (code < 128 && (SEXTETS[code] ?? -1) >= 0) continue
    if (i - start >= MIN_RUN) runs.push(text.slice(start, Math.min(i, start + MAX_RUN)))
    start = i + 1
  }
  return runs
}

/** What a run says as hex, and as base64 at each alignment. Bytes come out as UTF-8 where they are. */
function readingsOfRun(run: string): string[] {
  const readings: string[] = []
  for (const [hex] of run.matchAll(/[0-9a-fA-F]{12,}/g)) readings.push(decodeHex(hex), decodeHex(hex.slice(1)))
  // Base64 of anything has both cases; words of a path or a header do not.
  if (!/[A-Z]/.test(run) || !/[a-z]/.test(run)) return readings
  for (let offset = 0; offset < 4; offset += 1) readings.push(decodeRun(run, offset))
  return readings
}

function decodeRun(run: string, offset: number): string {
  const bytes = new Uint8Array(((run.length - offset) * 3) >> 2)
  let bits = 0
  let value = 0
  let at = 0
  for (let i = offset; i < run.length && at < bytes.length; i += 1) {
    value = ((value << 6) | (SEXTETS[run.charCodeAt(i)] ?? 0)) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[at] = (value >> bits) & 0xff
    at += 1
  }
  return SHARED_DECODER.decode(bytes)
}

const SHARED_DECODER = new TextDecoder('utf-8')

function decodeHex(run: string): string {
  const bytes = new Uint8Array(run.length >> 1)
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(run.slice(i * 2, i * 2 + 2), 16)
  return SHARED_DECODER.decode(bytes)
}
