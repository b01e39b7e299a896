import type { CaseField, SetFact } from '@clew/contract/cases'
import { safeHref } from '../text/article-html.ts'

export const plans = ['free', 'plus', 'team', 'business', 'enterprise'] as const

/** What was typed into the form of one category, as the contract knows it; undefined when nothing was. */
export function readForm(field: CaseField, form: FormData, zone?: string): SetFact | undefined {
  if (field === 'account') return readAccount(form)
  const text = textOf(form, 'text')
  return text === '' ? undefined : readText[field]?.(text, zone)
}

type ReadText = (text: string, zone: string | undefined) => SetFact

// Pictures and the environment have no text: one is picked, the other is agreed to.
const readText: Partial<Record<CaseField, ReadText>> = {
  problem: (text) => ({ field: 'problem', value: { text: text.slice(0, 4000) } }),
  policy_message: (text) => ({ field: 'policy_message', value: { message: text.slice(0, 2000) } }),
  steps: (text) => ({ field: 'steps', value: { items: linesOf(text) } }),
  timestamps: (text, zone) => ({
    field: 'timestamps',
    value: { said: text.slice(0, 400), ...(zone === undefined ? {} : { zone }) },
  }),
  request_ids: (text) => ({ field: 'request_ids', value: sortIds(text.split(/[\s,;]+/)) }),
  workspace: (text) => ({ field: 'workspace', value: { name: text.slice(0, 400) } }),
  assistant_id: (text) => ({
    field: 'assistant_id',
    value: { id: text.slice(0, 200), ...(isWebAddress(text) ? { url: text } : {}) },
  }),
}

function readAccount(form: FormData): SetFact | undefined {
  const email = textOf(form, 'email')
  const plan = plans.find((name) => name === form.get('plan'))
  if (email === '' && plan === undefined) return undefined
  const value = { ...(email === '' ? {} : { email }), ...(plan === undefined ? {} : { plan }) }
  return { field: 'account', value }
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().slice(0, 400))
    .filter((line) => line !== '')
    .slice(0, 50)

const isWebAddress = (text: string): boolean =>
  text.length <= 500 && /^https?:/.test(text) && safeHref(text, text) !== undefined

function sortIds(words: readonly string[]): { requestIds: string[]; completionIds: string[] } {
  const ids = [...new Set(words)].filter((word) => word !== '' && word.length <= 200).slice(0, 50)
  const isCompletion = (id: string) => /^(chat)?cmpl/i.test(id)
  return { requestIds: ids.filter((id) => !isCompletion(id)), completionIds: ids.filter(isCompletion) }
}
