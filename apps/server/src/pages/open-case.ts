import { extractFacts, type Fact, type FactOf } from '@clew/intake'
import { maskSecretsInMessage } from '@clew/redact'
import { addFacts } from '../domains/cases/index.ts'
import { beginContactSession } from '../domains/contacts/index.ts'
import { handOverConversation, identifyContact, startConversation } from '../domains/conversations/index.ts'
import type { Ctx } from '../platform/ctx.ts'
import type { OpenCase } from './contact-form.ts'
import { pageWords } from './words.ts'

/**
 * Opens a case from the contact form for the contact of `ctx`, who is new: session, conversation, first message and
 * facts, all or nothing. It goes straight to a person, since nobody sits in a chat to talk to the assistant.
 */
export async function openCase(ctx: Ctx, input: OpenCase): Promise<{ reference: string }> {
  return ctx.transaction(async (tx) => {
    await beginContactSession(tx)
    const { started } = await startConversation(tx, {
      clientConversationId: tx.ids.next(),
      clientMessageId: tx.ids.next(),
      body: messageOf(input),
      fileIds: [],
      locale: input.locale,
      ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
      ...(input.articleSlug === undefined ? {} : { articleSlug: input.articleSlug }),
      tried: [...input.tried],
    })
    const { id, number } = started.conversation
    await identifyContact(tx, { email: input.email })
    await addFacts(tx, id, { facts: factsOf(input, tx.clock.now()), ...(input.kind ? { kind: input.kind } : {}) })
    await handOverConversation(tx, id, 'asked')
    return { reference: `C-${number}` }
  })
}

/** What they wrote, in their own words: a fact keeps only what was understood of it. */
function messageOf({ problem, occurredAt, environment, searchedFor, locale }: OpenCase): string {
  const t = pageWords[locale]
  const also = [
    occurredAt && t('pages.case_occurred', { text: occurredAt }),
    environment && t('pages.case_environment', { text: environment }),
    searchedFor && t('pages.case_searched', { text: searchedFor }),
  ].filter((line) => line !== undefined && line !== '')
  return [problem, also.join('\n')].filter((part) => part !== '').join('\n\n')
}

function factsOf(input: OpenCase, now: Date): Fact[] {
  const told = { source: 'contact', at: now.toISOString() } as const
  const { email, plan } = input
  const items = input.steps.map(masked)
  const requestIds = input.requestIds.filter((id) => masked(id) === id)
  const facts: (FactOf<'problem'> | FactOf<'account'> | FactOf<'steps'> | FactOf<'request_ids'>)[] = [
    { field: 'problem', value: { text: masked(input.problem) }, ...told },
    { field: 'account', value: { email, ...(plan ? { plan } : {}) }, ...told },
  ]
  if (items.length > 0) facts.push({ field: 'steps', value: { items }, ...told })
  if (requestIds.length > 0) facts.push({ field: 'request_ids', value: { requestIds, completionIds: [] }, ...told })
  return [...facts, ...timeOf(input, now), ...environmentOf(input, now)]
}

const masked = (text: string): string => maskSecretsInMessage(text).text

/** The moment as it was said, worked out where the words allow. */
function timeOf({ occurredAt, timeZone, locale }: OpenCase, now: Date): Fact[] {
  if (occurredAt === undefined) return []
  const zone = timeZone === undefined ? {} : { zone: timeZone }
  const read = extractFacts(occurredAt, { locale, now, ...zone }).find(({ field }) => field === 'timestamps')
  const asSaid: Fact = {
    field: 'timestamps',
    value: { said: masked(occurredAt), ...zone, unclear: 'time' },
    source: 'contact',
    at: now.toISOString(),
  }
  return [read ?? asSaid]
}

const environmentOf = ({ environment, locale }: OpenCase, now: Date): Fact[] =>
  environment === undefined
    ? []
    : extractFacts(environment, { locale, now }).filter(({ field }) => field === 'environment')
