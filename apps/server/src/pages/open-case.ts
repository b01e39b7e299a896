import { extractFacts, type Fact, type FactOf, type FactSource } from '@clew/intake'
import { maskSecretsInMessage } from '@clew/redact'
import { type FormProgress, formProgress, type MaskedKind, maskedKinds } from '@clew/site'
import { addFacts } from '../domains/cases/index.ts'
import { ensureContact } from '../domains/contacts/index.ts'
import {
  attachCapture,
  handOverConversation,
  identifyContact,
  listOwnConversations,
  startConversation,
} from '../domains/conversations/index.ts'
import { listFiles } from '../domains/files/index.ts'
import type { Ctx, TxCtx } from '../platform/ctx.ts'
import { uuidOf } from '../platform/ids.ts'
import { momentOf, wallTimeOf } from './check-contact-form.ts'
import type { OpenCase } from './contact-form.ts'
import { pageWords } from './words.ts'

export type OpenedCase = { reference: string; progress: FormProgress; masked: readonly MaskedKind[] }

/**
 * Opens a case from the contact form for the contact of `ctx`, whom the form itself made: conversation, first message,
 * recordings and facts, all or nothing, by the use-cases of the bubble. The same form again is answered with the first
 * result. It goes straight to a person, since nobody sits in a chat to talk to the assistant.
 */
export async function openCase(ctx: Ctx, input: OpenCase): Promise<OpenedCase> {
  return ctx.transaction(async (tx) => {
    await ensureContact(tx)
    const [first] = (await listOwnConversations(tx)).conversations
    if (first) return openedCase(input, first.number)
    const { plain, captures } = await sortFiles(tx, input)
    const { started } = await startConversation(tx, {
      clientConversationId: uuidOf('contact form', input.formId, 'conversation'),
      clientMessageId: uuidOf('contact form', input.formId, 'message'),
      body: messageOf(input),
      fileIds: plain,
      locale: input.locale,
      ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
      ...(input.articleSlug === undefined ? {} : { articleSlug: input.articleSlug }),
      tried: [...input.tried],
    })
    const { id, number } = started.conversation
    await identifyContact(tx, { email: input.email })
    await addFacts(tx, id, { facts: factsOf(input, tx.clock.now()), ...(input.kind ? { kind: input.kind } : {}) })
    for (const fileId of captures)
      await attachCapture(tx, id, {
        clientMessageId: uuidOf('contact form', input.formId, fileId),
        fileId,
        removed: [...input.harRemoved],
      })
    await handOverConversation(tx, id, { reason: 'asked' })
    return openedCase(input, number)
  })
}

/** A recording is no attachment: it is cleaned before anybody reads it. */
async function sortFiles(tx: TxCtx, { fileIds }: OpenCase) {
  const files = await listFiles(tx, fileIds)
  const plain = files.filter(({ state }) => state === 'stored').map(({ id }) => id)
  const captures = files.filter(({ state }) => state === 'held').map(({ id }) => id)
  return { plain, captures }
}

function openedCase(input: OpenCase, number: number): OpenedCase {
  const kinds = new Set(writtenIn(input).flatMap((text) => maskSecretsInMessage(text).masked.map(({ kind }) => kind)))
  return {
    reference: `C-${number}`,
    progress: formProgress(input.kind ?? 'other', valuesOf(input), input.fileIds.length > 0),
    masked: maskedKinds.filter((kind) => kinds.has(kind)),
  }
}

/** The fields as the meter reads them, which counts what is there and not what it says. */
function valuesOf(input: OpenCase): Parameters<typeof formProgress>[1] {
  const { environment, browser, timeZone: time_zone, workspaceId: workspace_id } = input
  const said = {
    problem: input.problem,
    email: input.email,
    plan: input.plan,
    steps: input.steps[0],
    date: input.date,
    time: input.time,
    time_zone,
    request_id: input.requestIds[0],
    completion_id: input.completionIds[0],
    snippet: input.snippet,
    environment: environment ?? browser,
    workspace_id,
    workspace_name: input.workspaceName,
    assistant_id: input.assistantId,
    policy_message: input.policyMessage,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

/** Everything in which a password or key may have been written. */
const writtenIn = (input: OpenCase): string[] => [
  input.problem,
  ...input.steps,
  ...input.requestIds,
  ...input.completionIds,
  input.snippet ?? '',
  input.environment ?? '',
  input.workspaceId ?? '',
  input.workspaceName ?? '',
  input.assistantId ?? '',
  input.policyMessage ?? '',
  input.searchedFor ?? '',
]

/** What they wrote, in their own words: a fact keeps only what was understood of it. */
function messageOf({ problem, environment, snippet, searchedFor, locale, ...when }: OpenCase): string {
  const t = pageWords[locale]
  const occurred = [when.date, when.time, when.timeZone].filter(Boolean).join(' ')
  const also = [
    when.date && t('pages.case_occurred', { text: occurred }),
    environment && t('pages.case_environment', { text: environment }),
    searchedFor && t('pages.case_searched', { text: searchedFor }),
  ].filter((line) => line !== undefined && line !== '')
  return [problem, also.join('\n'), snippet === undefined ? '' : fenced(snippet)]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** Longer than any fence inside it. */
function fenced(snippet: string): string {
  const longest = Math.max(2, ...[...snippet.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${snippet}\n${fence}`
}

const masked = (text: string): string => maskSecretsInMessage(text).text
const isClean = (text: string): boolean => masked(text) === text

type Told = { source: FactSource; at: string }

function factsOf(input: OpenCase, now: Date): Fact[] {
  const told = { source: 'contact', at: now.toISOString() } as const
  return [
    { field: 'problem', value: { text: masked(input.problem) }, ...told },
    accountOf(input, told),
    ...partsOf(input, told),
    ...timeOf(input, told),
    ...environmentOf(input, now),
  ]
}

const accountOf = ({ email, plan, billingEmail }: OpenCase, told: Told): FactOf<'account'> => ({
  field: 'account',
  value: { email, ...(plan ? { plan } : {}), ...(billingEmail ? { billingEmail } : {}) },
  ...told,
})

/** What stands in fields of its own. An id in which a key was written is left out. */
function partsOf(input: OpenCase, told: Told): Fact[] {
  const requestIds = input.requestIds.filter(isClean)
  const completionIds = input.completionIds.filter(isClean)
  const { workspaceId, workspaceName, assistantId, policyMessage, snippet } = input
  const workspace = {
    ...(workspaceId && isClean(workspaceId) ? { workspaceId } : {}),
    ...(workspaceName ? { name: masked(workspaceName) } : {}),
  }
  const found: (Fact | false)[] = [
    input.steps.length > 0 && { field: 'steps', value: { items: input.steps.map(masked) }, ...told },
    requestIds.length + completionIds.length > 0 && {
      field: 'request_ids',
      value: { requestIds, completionIds },
      ...told,
    },
    snippet !== undefined && {
      field: 'visuals',
      value: { attachmentIds: [], snippets: [masked(snippet)] },
      ...told,
    },
    Object.keys(workspace).length > 0 && { field: 'workspace', value: workspace, ...told },
    assistantId !== undefined &&
      isClean(assistantId) && { field: 'assistant_id', value: assistantOf(assistantId), ...told },
    policyMessage !== undefined && {
      field: 'policy_message',
      value: { message: masked(policyMessage), ...(requestIds[0] ? { requestId: requestIds[0] } : {}) },
      ...told,
    },
  ]
  return found.flatMap((fact) => fact || [])
}

/** A public link names the assistant in its path. */
function assistantOf(text: string): { id: string; url?: string } {
  if (!URL.canParse(text)) return { id: text.slice(0, 200) }
  const { href, pathname } = new URL(text)
  const id = /\/g\/(g-[\w]+)|([^/]+)\/?$/.exec(pathname)
  return { id: (id?.[1] ?? id?.[2] ?? text).slice(0, 200), url: href.slice(0, 500) }
}

/** The moment with its zone as it was said, and what is still unclear about it. */
function timeOf({ date, time, timeZone }: OpenCase, told: Told): Fact[] {
  if (date === undefined && time === undefined) return []
  const said = [date, time, timeZone].filter(Boolean).join(' ')
  const moment = momentOf({ date, time, timeZone })
  const zone = timeZone === undefined ? {} : { zone: timeZone }
  if (moment) return [{ field: 'timestamps', value: { said, ...zone, utc: moment.toISOString() }, ...told }]
  const unclear = date === undefined || !wallTimeOf(date, '00:00') ? 'date' : time === undefined ? 'time' : 'zone'
  return [{ field: 'timestamps', value: { said, ...zone, unclear }, ...told }]
}

function environmentOf({ environment, browser, network, tunnel, locale }: OpenCase, now: Date): Fact[] {
  const at = now.toISOString()
  const read = (text: string | undefined, source: FactSource): Fact[] =>
    text === undefined
      ? []
      : extractFacts(text, { locale, now })
          .filter(({ field }) => field === 'environment')
          .map((fact) => ({ ...fact, source }))
  const surroundings = {
    ...(network ? { network } : {}),
    ...(tunnel ? { vpn: tunnel === 'vpn', proxy: tunnel === 'proxy' } : {}),
  }
  const chosen: Fact[] =
    Object.keys(surroundings).length > 0 ? [{ field: 'environment', value: surroundings, source: 'contact', at }] : []
  return [...read(browser, 'browser'), ...read(environment, 'contact'), ...chosen]
}
