import type { ContactId, ConversationId } from '@clew/contract/primitives'
import { extractFacts, type Fact } from '@clew/intake'
import { addFacts } from '../domains/cases/index.ts'
import { beginContactSession } from '../domains/contacts/use-cases/begin-contact-session.ts'
import { handOverConversation, identifyContact, startConversation } from '../domains/conversations/index.ts'
import { actingAs, type Ctx, type TxCtx } from '../platform/ctx.ts'
import type { OpenCase } from './contact-form.ts'
import { pageWords } from './words.ts'

/**
 * Opens a case from the contact form: contact, conversation, first message and facts, all or nothing. It goes straight
 * to a person, since nobody sits in a chat to talk to the assistant.
 */
export async function openCase(ctx: Ctx, input: OpenCase): Promise<{ reference: string }> {
  return ctx.transaction(async (tx) => {
    const contactId = tx.ids.next() as ContactId
    const contact: TxCtx = { ...actingAs(tx, { type: 'contact', id: contactId }), locale: input.locale }
    await beginContactSession(contact)
    const { started } = await startConversation(contact, {
      clientConversationId: tx.ids.next(),
      clientMessageId: tx.ids.next(),
      body: messageOf(input),
      fileIds: [],
      locale: input.locale,
      ...(input.articleSlug === undefined ? {} : { articleSlug: input.articleSlug }),
      tried: [...input.tried],
    })
    const { id, number } = started.conversation
    await identifyContact(contact, { email: input.email })
    await addFacts(contact, id, { facts: factsOf(input, tx.clock.now()), ...(input.kind ? { kind: input.kind } : {}) })
    await handOverConversation(contact, id as ConversationId, 'asked')
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
  const { email, plan, steps, requestIds } = input
  return [
    { field: 'problem', value: { text: input.problem }, ...told },
    { field: 'account', value: { email, ...(plan ? { plan } : {}) }, ...told },
    ...(steps.length > 0 ? [{ field: 'steps', value: { items: [...steps] }, ...told } as const] : []),
    ...(requestIds.length > 0
      ? [{ field: 'request_ids', value: { requestIds: [...requestIds], completionIds: [] }, ...told } as const]
      : []),
    ...timeOf(input, now),
    ...environmentOf(input, now),
  ]
}

/** The moment as it was said, worked out where the words allow. */
function timeOf({ occurredAt, timeZone, locale }: OpenCase, now: Date): Fact[] {
  if (occurredAt === undefined) return []
  const zone = timeZone === undefined ? {} : { zone: timeZone }
  const read = extractFacts(occurredAt, { locale, now, ...zone }).find(({ field }) => field === 'timestamps')
  const asSaid: Fact = {
    field: 'timestamps',
    value: { said: occurredAt, ...zone, unclear: 'time' },
    source: 'contact',
    at: now.toISOString(),
  }
  return [read ?? asSaid]
}

const environmentOf = ({ environment, locale }: OpenCase, now: Date): Fact[] =>
  environment === undefined
    ? []
    : extractFacts(environment, { locale, now }).filter(({ field }) => field === 'environment')
