import type { FileId, Locale } from '@clew/contract/primitives'
import {
  type ContactError,
  type ContactField,
  contactFields,
  contactKinds,
  contactNetworks,
  contactPlans,
  contactTunnels,
} from '@clew/site'
import { z } from 'zod'

/** A case as somebody told it in the form. */
export type OpenCase = {
  /** The form it came from: the same form is the same case. */
  formId: string
  locale: Locale
  kind: (typeof contactKinds)[number] | undefined
  problem: string
  email: string
  plan: Lowercase<(typeof contactPlans)[number]> | undefined
  billingEmail: string | undefined
  steps: readonly string[]
  date: string | undefined
  time: string | undefined
  timeZone: string | undefined
  requestIds: readonly string[]
  completionIds: readonly string[]
  snippet: string | undefined
  environment: string | undefined
  /** What the browser said of itself, where the person agreed. */
  browser: string | undefined
  network: (typeof contactNetworks)[number] | undefined
  tunnel: (typeof contactTunnels)[number] | undefined
  workspaceId: string | undefined
  workspaceName: string | undefined
  assistantId: string | undefined
  policyMessage: string | undefined
  fileIds: readonly FileId[]
  /** What the browser removed from the recording before it was sent. */
  harRemoved: readonly { kind: string; count: number }[]
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

export type FilledForm = {
  values: ContactValues
  carried: Carried
  token: string
  kept: readonly FileId[]
  sendsBrowser: boolean
  /** Another kind was chosen, without a script: the fields are shown anew. */
  isChange: boolean
  looksAutomatic: boolean
  harRemoved: OpenCase['harRemoved']
}

const longest: Readonly<Record<ContactField, number>> = {
  kind: 20,
  problem: 4000,
  email: 254,
  plan: 20,
  billing_email: 254,
  steps: 8000,
  date: 60,
  time: 60,
  time_zone: 64,
  request_id: 400,
  completion_id: 400,
  files: 0,
  snippet: 10_000,
  environment: 1000,
  network: 20,
  vpn: 20,
  workspace_id: 200,
  workspace_name: 200,
  assistant_id: 400,
  policy_message: 2000,
  har: 0,
}

/** Every value of a posted form; a field that stands there twice has two. */
export type Posted = Readonly<Record<string, readonly string[]>>

const cleaned = (value: string): string => value.replaceAll('\u0000', '').replaceAll('\r\n', '\n')

/** Reads a posted form. Whatever it holds, there is something to show again. */
export function readForm(posted: Posted): FilledForm {
  const raw = (name: string): string => cleaned(posted[name]?.[0] ?? '')
  const text = (name: string): string => raw(name).trim()
  const given = contactFields
    .filter((field) => longest[field] > 0)
    .map((field) => [field, field === 'snippet' ? raw(field).replace(/\s+$/, '') : text(field)] as const)
    .filter(([, value]) => value.trim() !== '')
  return {
    values: Object.fromEntries(given),
    carried: readCarried({ article: text('article'), tried: text('tried'), searchedFor: text('q') }),
    token: text('csrf'),
    kept: (posted['kept'] ?? []).filter((id) => z.uuid().safeParse(id).success).slice(0, 20) as FileId[],
    sendsBrowser: text('send_browser') === '1',
    isChange: text('change') === 'kind',
    looksAutomatic: text('homepage') !== '',
    harRemoved: removedIn(text('har_removed')),
  }
}

const Removed = z.array(z.object({ kind: z.string().max(40), count: z.int().min(0) })).max(40)

function removedIn(text: string): OpenCase['harRemoved'] {
  try {
    return Removed.parse(JSON.parse(text))
  } catch {
    // It tells the team what a script did; without it nothing is missing.
    return []
  }
}

export function readCarried(from: { article: string; tried: string; searchedFor: string }): Carried {
  const ids = from.tried.split(',').filter((id) => /^[\w-]{1,100}$/.test(id))
  return {
    article: /^[a-z0-9-]{1,120}$/.test(from.article) ? from.article : undefined,
    tried: [...new Set(ids)].slice(0, 20),
    searchedFor: from.searchedFor.slice(0, 500) || undefined,
  }
}

type ToCase = { formId: string; locale: Locale; fileIds: readonly FileId[]; browser: string | undefined }

/** A checked form as a case. */
export function caseOf(
  { values, carried, harRemoved }: FilledForm,
  { formId, locale, fileIds, browser }: ToCase,
): OpenCase {
  return {
    formId,
    locale,
    kind: contactKinds.find((kind) => kind === values.kind),
    problem: values.problem ?? '',
    email: values.email ?? '',
    plan: lowerCase(contactPlans.find((plan) => plan === values.plan)),
    billingEmail: values.billing_email,
    steps: linesOf(values.steps),
    date: values.date,
    time: values.time,
    timeZone: values.time_zone,
    requestIds: idsIn(values.request_id),
    completionIds: idsIn(values.completion_id),
    snippet: values.snippet,
    environment: values.environment,
    browser,
    network: contactNetworks.find((network) => network === values.network),
    tunnel: contactTunnels.find((tunnel) => tunnel === values.vpn),
    workspaceId: values.workspace_id,
    workspaceName: values.workspace_name,
    assistantId: values.assistant_id,
    policyMessage: values.policy_message,
    fileIds,
    harRemoved,
    articleSlug: carried.article,
    tried: carried.tried,
    searchedFor: carried.searchedFor,
  }
}

export const tooLong = (field: ContactField, value: string): boolean => value.length > longest[field]

const idsIn = (value = ''): string[] => value.split(/[\s,;]+/).filter((id) => id !== '' && id.length <= 200)

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
