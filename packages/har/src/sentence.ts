/**
 * A sentence in both languages of the product. In a rule it is a template:
 * - `{name}` is filled in with the parameter of that name, numbers as the language writes them;
 * - `{name?one|many}` becomes the first form when the parameter is 1 and the second otherwise. A form may be empty and
 *   may hold `{name}` and `[[…]]`, but no further choice: `{count?a request|{count} requests}`;
 * - `[[…]]` disappears when a parameter named in it is empty.
 */
export interface Sentence {
  en: string
  el: string
}

export type Params = Record<string, string | number>

export type Language = keyof Sentence

export function fillBoth(sentence: Sentence, params: Params): Sentence {
  return { en: fill(sentence.en, params, 'en'), el: fill(sentence.el, params, 'el') }
}

const CHOICE = /\{(\w+)\?((?:[^{}|]|\{\w+\})*)\|((?:[^{}|]|\{\w+\})*)\}/g

/** Values come last, in one pass: what they hold is never read as a template. */
export function fill(template: string, params: Params, language: Language): string {
  const isFilled = (part: string): boolean =>
    Array.from(part.matchAll(/\{(\w+)\}/g)).every((match) => has(params[match[1] ?? '']))
  const choose = (...[, name = '', one = '', many = '']: string[]): string =>
    String(params[name]) === '1' ? one : many
  return template
    .replace(CHOICE, choose)
    .replace(/\[\[(.*?)\]\]/g, (_, part: string) => (isFilled(part) ? part : ''))
    .replace(/\{(\w+)\}/g, (_, name: string) => written(params[name] ?? '', language))
}

function has(value: string | number | undefined): boolean {
  return value !== undefined && value !== ''
}

/** 1,234.5 in English and 1.234,5 in Greek. */
function written(value: string | number, language: Language): string {
  if (typeof value === 'string') return value
  const [whole = '', fraction] = String(value).split('.')
  const groups = whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, language === 'el' ? '.' : ',')
  return fraction === undefined ? groups : `${groups}${language === 'el' ? ',' : '.'}${fraction}`
}
