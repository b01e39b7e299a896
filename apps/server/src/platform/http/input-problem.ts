import { createT, type Locale } from '@clew/i18n'
import * as inputEl from '@clew/i18n/generated/input.el'
import * as inputEn from '@clew/i18n/generated/input.en'
import type { core } from 'zod'
import type { InputProblem } from '../app-error.ts'

const words = { en: createT('en', inputEn.catalogue), el: createT('el', inputEl.catalogue) }

/** What is wrong with a field, as one sentence for whoever filled it in. */
export function inputSentence({ path, code, params }: InputProblem & { path: string }, locale: Locale): string {
  const said = words[locale].find(`input.${code}`, { ...params, field: fieldName(path, locale) })
  return said ?? words[locale]('input.other', { field: path })
}

/** The word for a field that has one, with its place where it is deep inside; otherwise its place. */
function fieldName(path: string, locale: Locale): string {
  const parts = path.split('.')
  const name = parts.findLast((part) => !/^\d*$/.test(part)) ?? 'body'
  const key = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const word = words[locale].find(`input.field_${key}`)
  if (word === undefined) return path
  return parts.length > 1 ? `${word} (${path})` : word
}

/** What the schema refused. Several fields that are unknown are several problems. */
export function problemsOf(issue: core.$ZodIssue): (InputProblem & { path: string })[] {
  const place = issue.path.map(String)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...place, key].join('.'), code: 'unknown_field' }))
  return [{ path: place.join('.'), ...problemOfOne(issue) }]
}

function problemOfOne(issue: core.$ZodIssue): InputProblem {
  switch (issue.code) {
    case 'invalid_type':
      // The schema keeps no value; only its own sentence says that there was none.
      if (issue.message.endsWith('received undefined')) return { code: 'missing' }
      return { code: 'wrong_type', params: { expected: issue.expected } }
    case 'too_big':
      return { code: beyond(issue.origin, { text: 'too_long', list: 'too_many', number: 'too_large' }), ...most(issue) }
    case 'too_small':
      if (issue.origin === 'string' && Number(issue.minimum) === 1) return { code: 'missing' }
      return {
        code: beyond(issue.origin, { text: 'too_short', list: 'too_few', number: 'too_small' }),
        ...least(issue),
      }
    case 'invalid_format':
      return { code: formats[issue.format] ?? 'other' }
    case 'invalid_value':
      return { code: 'not_one_of' }
    default:
      return { code: 'other' }
  }
}

const most = ({ maximum }: core.$ZodIssueTooBig) => ({ params: { limit: Number(maximum) } })
const least = ({ minimum }: core.$ZodIssueTooSmall) => ({ params: { limit: Number(minimum) } })

const formats: Readonly<Record<string, InputProblem['code']>> = {
  email: 'not_email',
  date: 'not_date',
  datetime: 'not_date',
  time: 'not_date',
  url: 'not_url',
  uuid: 'not_id',
  guid: 'not_id',
}

type Beyond = Record<'text' | 'list' | 'number', InputProblem['code']>

function beyond(origin: string, codes: Beyond): InputProblem['code'] {
  if (origin === 'string') return codes.text
  return ['array', 'set', 'map', 'file'].includes(origin) ? codes.list : codes.number
}
