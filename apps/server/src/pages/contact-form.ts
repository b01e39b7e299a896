import type { Locale } from '@clew/contract/primitives'
import { type ContactError, type ContactField, contactFields, contactKinds, contactPlans } from '@clew/site'
import { z } from 'zod'

/** A case as somebody told it in the form. */
export type OpenCase = {
  locale: Locale
  problem: string
  email: string
  kind: (typeof contactKinds)[number] | undefined
  steps: readonly string[]
  occurredAt: string | undefined
  timeZone: string | undefined
  requestIds: readonly string[]
  plan: Lowercase<(typeof contactPlans)[number]> | undefined
  environment: string | undefined
  /** The article from which they came, and the steps that they had tried there. */
  articleSlug: string | undefined
  tried: readonly string[]
  searchedFor: string | undefined
}

/** What was typed, as it was typed: it is shown again when something is wrong. */
export type ContactValues = Partial<Record<ContactField, string>>
export type ContactErrors = Partial<Record<ContactField, ContactError>>

/** What the form carries along without asking. */
export type Carried = { article: string | undefined; tried: readonly string[]; searchedFor: string | undefined }

export type FilledForm = { values: ContactValues; carried: Carried; token: string }

const longest: Readonly<Record<ContactField, number>> = {
  kind: 20,
  problem: 4000,
  email: 254,
  steps: 8000,
  occurred_at: 200,
  time_zone: 64,
  request_id: 400,
  plan: 20,
  environment: 1000,
}

const text = z.preprocess(
  (value) => (Array.isArray(value) ? value[0] : value),
  z
    .string()
    .transform((value) => value.replaceAll('\u0000', '').replaceAll('\r\n', '\n').trim())
    .catch(''),
)
const Body = z.object({
  ...(Object.fromEntries(contactFields.map((field) => [field, text])) as Record<ContactField, typeof text>),
  csrf: text,
  article: text,
  tried: text,
  searchedFor: text,
})

/** Reads a posted form. Whatever it holds, there is something to show again. */
export function readForm(body: unknown): FilledForm {
  const { csrf, article, tried, searchedFor, ...fields } = Body.parse(body ?? {})
  const given = Object.entries(fields).filter(([, value]) => value !== '')
  return { values: Object.fromEntries(given), token: csrf, carried: readCarried({ article, tried, searchedFor }) }
}

export function readCarried(from: { article: string; tried: string; searchedFor: string }): Carried {
  const ids = from.tried.split(',').filter((id) => /^[\w-]{1,100}$/.test(id))
  return {
    article: /^[a-z0-9-]{1,120}$/.test(from.article) ? from.article : undefined,
    tried: [...new Set(ids)].slice(0, 20),
    searchedFor: from.searchedFor.slice(0, 500) || undefined,
  }
}

/** What is wrong with a form, field by field; empty when it can be sent. */
export function checkForm(values: ContactValues): ContactErrors {
  const errors: ContactErrors = {}
  for (const field of contactFields) {
    const error = errorOf(field, values[field])
    if (error) errors[field] = error
  }
  return errors
}

const choices: Partial<Record<ContactField, (value: string) => boolean>> = {
  kind: (value) => contactKinds.some((kind) => kind === value),
  plan: (value) => contactPlans.some((plan) => plan === value),
  time_zone: isTimeZone,
}
const needed: ReadonlySet<ContactField> = new Set(['problem', 'email'])

function errorOf(field: ContactField, value: string | undefined): ContactError | undefined {
  if (value === undefined) return needed.has(field) ? 'required' : undefined
  if (value.length > longest[field]) return 'too_long'
  if (field === 'email' && !z.email().safeParse(value).success) return 'email_invalid'
  return choices[field]?.(value) === false ? 'choice_invalid' : undefined
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** A checked form as a case. */
export function caseOf(values: ContactValues, { carried, locale }: { carried: Carried; locale: Locale }): OpenCase {
  return {
    locale,
    problem: values.problem ?? '',
    email: values.email ?? '',
    kind: contactKinds.find((kind) => kind === values.kind),
    steps: linesOf(values.steps),
    occurredAt: values.occurred_at,
    timeZone: values.time_zone,
    requestIds: (values.request_id ?? '').split(/[\s,;]+/).filter((id) => id !== '' && id.length <= 200),
    plan: lowerCase(contactPlans.find((plan) => plan === values.plan)),
    environment: values.environment,
    articleSlug: carried.article,
    tried: carried.tried,
    searchedFor: carried.searchedFor,
  }
}

const lowerCase = <T extends string>(value: T | undefined): Lowercase<T> | undefined =>
  value?.toLowerCase() as Lowercase<T> | undefined

/** One action a line; people number them as well. */
const linesOf = (value = ''): string[] =>
  value
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:\d{1,2}[.)]|[-*•])\s+/, '')
        .trim()
        .slice(0, 400),
    )
    .filter((line) => line !== '')
    .slice(0, 50)
