import { decodeUtf8, fromBase64 } from '@clew/redact'

/**
 * With sentences decoded that are written in base64, in hexadecimal or binary digits, as escapes or in invisible marks. What
 * decodes to no sentence stays as it is: a key is none. Before secrets are looked for, or they would seem to be one.
 */
export function withDecoded(text: string): string {
  let plain = text.replace(invisible, (run) => decodedOr(run, fromMarks(run)))
  for (const [shape, read] of encodings) plain = plain.replace(shape, (run) => decodedOr(run, read(run)))
  return plain
}

/** Marks that stand for the letters of ASCII and are shown by nothing. */
const invisible = /[\u{E0020}-\u{E007E}]{4,}/gu
const fromMarks = (run: string): string =>
  Array.from(run, (mark) => String.fromCharCode((mark.codePointAt(0) ?? 0) - 0xe0000)).join('')

const encodings: readonly (readonly [RegExp, (run: string) => string | undefined])[] = [
  [/(?<![\w+/=])[A-Za-z0-9+/]{15,}={0,2}(?![\w+/=])/g, (run) => asText(fromBase64(run))],
  [/(?<![\w])(?:[0-9a-f]{2}[ ]?){8,}(?!\w)/gi, (run) => asText(bytesOf(run.replaceAll(' ', ''), 16))],
  [/(?<![\w])(?:[01]{8}[ ]?){6,}(?!\w)/g, (run) => asText(bytesOf(run.replaceAll(' ', ''), 2))],
  [/(?:&#(?:\d{2,5}|x[0-9a-f]{2,4});){6,}/gi, (run) => run.replace(/&#(x?)([0-9a-f]+);/gi, fromEntity)],
  [/(?:\\u[0-9a-f]{4}){6,}/gi, (run) => run.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => letterOf(code, 16))],
  [/(?<![\w:/?&=.%-])[\w.~!'()*-]*(?:%[0-9a-f]{2}[\w.~!'()*-]*){3,}/gi, fromPercent],
]

const fromEntity = (_: string, isHex: string, code: string): string => letterOf(code, isHex === '' ? 10 : 16)
const letterOf = (code: string, base: number): string => String.fromCharCode(Number.parseInt(code, base))

function fromPercent(run: string): string | undefined {
  try {
    return decodeURIComponent(run)
  } catch {
    return undefined
  }
}

function bytesOf(digits: string, base: 2 | 16): Uint8Array {
  const size = base === 2 ? 8 : 2
  const count = Math.floor(digits.length / size)
  return Uint8Array.from({ length: count }, (_, at) => Number.parseInt(digits.slice(at * size, (at + 1) * size), base))
}

const asText = (bytes: Uint8Array | undefined): string | undefined => bytes && decodeUtf8(bytes)

/** Two words, or Greek, which nothing decodes to by chance. */
const sentence = /\p{L}{2}\s\p{L}{2}|^\p{Script=Greek}+$/u

function decodedOr(run: string, plain: string | undefined): string {
  if (plain === undefined || !sentence.test(plain)) return run
  const letters = plain.match(/[\p{Script=Latin}\p{Script=Greek}\s]/gu)?.length ?? 0
  return letters / plain.length > leastLetters ? plain : run
}

const leastLetters = 0.75
