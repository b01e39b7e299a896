import type { Sentence } from '../sentence.ts'

const both = (text: string): Sentence => ({ en: text, el: text })

const anObject: Sentence = { en: 'an object', el: 'αντικείμενο' }
const aList: Sentence = { en: 'a list', el: 'λίστα' }
const aText: Sentence = { en: 'a text', el: 'κείμενο' }
const aValue: Sentence = { en: 'a value', el: 'τιμή' }

const EXPECTED: Readonly<Record<string, Sentence>> = {
  value: aValue,
  value_or_end: { en: 'a value or ]', el: 'τιμή ή ]' },
  key: { en: 'a name in quotation marks', el: 'όνομα σε εισαγωγικά' },
  key_or_end: { en: 'a name in quotation marks or }', el: 'όνομα σε εισαγωγικά ή }' },
  colon: both(':'),
  comma_or_end: { en: 'a comma or the closing bracket', el: 'κόμμα ή η αγκύλη που κλείνει' },
  nothing: { en: 'the end of the file', el: 'το τέλος του αρχείου' },
}

/** Beginnings by which files give away what they are. */
const KNOWN_FILES: readonly (readonly [RegExp, Sentence])[] = [
  [/^<(?:!doctype html|html)/i, { en: 'an HTML page', el: 'σελίδα HTML' }],
  [/^<\?xml/i, { en: 'XML', el: 'XML' }],
  [/^\u001f\u008b/, { en: 'gzip (unpack it first)', el: 'gzip (αποσυμπιέστε το πρώτα)' }],
  [/^PK\u0003\u0004/, { en: 'a ZIP archive (unpack it first)', el: 'αρχείο ZIP (αποσυμπιέστε το πρώτα)' }],
  [/^\u0089PNG|^GIF8|^\u00ff\u00d8\u00ff/, { en: 'a picture', el: 'εικόνα' }],
  [/^%PDF/, { en: 'a PDF', el: 'αρχείο PDF' }],
]

export const words = {
  anObject,
  aList,
  aText,
  aValue,
  aNumber: { en: 'a number', el: 'αριθμός' } satisfies Sentence,
  aFlag: { en: 'true or false', el: 'true ή false' } satisfies Sentence,
  expected: (what: string): Sentence => EXPECTED[what] ?? aValue,
  byte: (code: number): string =>
    code > 0x20 && code < 0x7f ? String.fromCharCode(code) : `0x${code.toString(16).padStart(2, '0')}`,
  quoted: (text: string): string => (text.length > 20 ? `${text.slice(0, 20)}…` : text),
  beginning: (text: string): string | Sentence =>
    KNOWN_FILES.find(([pattern]) => pattern.test(text))?.[1] ??
    `"${text.slice(0, 12).replace(/[^ -~]/g, '\ufffd')}${text.length > 12 ? '…' : ''}"`,
}

/** What a value is, by its first byte. */
export function foundByte(code: number): Sentence {
  if (code === 0x7b) return words.anObject
  if (code === 0x5b) return words.aList
  if (code === 0x22) return words.aText
  return code === 0x6e ? both('null') : code === 0x74 || code === 0x66 ? words.aFlag : words.aNumber
}

export function foundValue(value: unknown): Sentence {
  if (value === null) return both('null')
  if (Array.isArray(value)) return words.aList
  if (typeof value === 'string') return words.aText
  if (typeof value === 'boolean') return both(String(value))
  return typeof value === 'number' ? words.aNumber : words.anObject
}
