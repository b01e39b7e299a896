import type { SanitisingPolicy } from '@clew/contract/captures'
import type { Conversation, ConversationSnapshot } from '@clew/contract/conversations'
import type { ContactId, ConversationId, FileId, Locale } from '@clew/contract/primitives'
import type { Product } from '../clew.ts'
import { openCaseFile } from '../domains/cases/index.ts'
import {
  type CasePerson,
  endAllSessions,
  endCaseSession,
  enterByIdentity,
  enterByLink,
  readCaseSession,
  requestLink,
} from '../domains/contacts/index.ts'
import {
  findOwnerOfNumber,
  isSentToContact,
  listOwnConversations,
  markRead,
  reopenOwnConversation,
  sendContactMessage,
} from '../domains/conversations/index.ts'
import { type OwnCopy, takeOwnCopy } from '../domains/exports/index.ts'
import { type OpenedFile, readFile } from '../domains/files/index.ts'
import { sanitisingOf } from '../domains/har/index.ts'
import { forgetPerson, previewForget, readOwnCertificate } from '../domains/retention/index.ts'
import { AppError } from '../platform/app-error.ts'
import { type Ctx, createCtx, type TxCtx } from '../platform/ctx.ts'

/** What the pages of "my cases" may ask of the product. A number that is not of the person does not exist. */
export type MyDesk = {
  requestLink(input: { address: string; locale: Locale }): Promise<void>
  enterByLink(token: string): Promise<string>
  enterByIdentity(input: { identity: string; locale: Locale }): Promise<string>
  person(token: string): Promise<CasePerson | undefined>
  /** Whether the organisation of whoever is signed in demands that recordings are cleaned strictly. */
  cleaningDemandedBy(token: string): Promise<'organisation' | undefined>
  list(person: CasePerson): Promise<OwnCase[]>
  open(person: CasePerson, number: number): Promise<ConversationSnapshot>
  reply(person: CasePerson, number: number, message: { id: string; body: string }): Promise<void>
  reopen(person: CasePerson, number: number): Promise<void>
  file(person: CasePerson, number: number, asked: { id: FileId; range: string | undefined }): Promise<OpenedFile>
  leave(token: string): Promise<void>
  leaveEverywhere(person: CasePerson): Promise<void>
  takeCopy(person: CasePerson): Promise<OwnCopy>
  previewErasure(person: CasePerson): ReturnType<typeof previewForget>
  erase(person: CasePerson): ReturnType<typeof forgetPerson>
  certificate(id: string): ReturnType<typeof readOwnCertificate>
}

const atOnce = 5
const mostShown = 200

/**
 * A person may be several contacts: one for each form and each browser they wrote from. Each is read in its own scope,
 * so that the walls hold here as everywhere.
 */
export function myDesk({ config, house, newCtx, database, clock }: Product): MyDesk {
  const system = (): Ctx => newCtx('pages.my')
  const as = (contactId: ContactId): Ctx =>
    createCtx(database, {
      actor: { type: 'contact', id: contactId },
      organisationId: undefined,
      locale: 'en',
      requestId: 'pages.my',
      clock,
    })
  const own = async (person: CasePerson, number: number): Promise<{ ctx: Ctx; id: ConversationId }> => {
    const found = await system().transaction((tx) => findOwnerOfNumber(tx, number))
    if (!found || !person.contactIds.includes(found.contactId)) throw new AppError('conversation.not_found')
    return { ctx: as(found.contactId), id: found.id }
  }
  return {
    requestLink: (input) => requestLink(system(), input),
    enterByLink: (token) => enterByLink(system(), token),
    enterByIdentity: (input) => enterByIdentity(system(), input, house.identity),
    person: (token) => readCaseSession(system(), token),
    cleaningDemandedBy: async (token) => {
      const person = await readCaseSession(system(), token)
      const isStrict = person && (await system().transaction((tx) => isAnyStrict(tx, person, config.sanitising)))
      return isStrict ? 'organisation' : undefined
    },
    list: (person) => listAll(person, as),
    open: async (person, number) => {
      const { ctx, id } = await own(person, number)
      const snapshot = await openCaseFile(ctx, id)
      await markRead(ctx, id, snapshot.conversation.lastSeq)
      return snapshot
    },
    reply: async (person, number, message) => {
      const { ctx, id } = await own(person, number)
      await sendContactMessage(ctx, id, { clientMessageId: message.id, body: message.body, fileIds: [] })
    },
    reopen: async (person, number) => {
      const { ctx, id } = await own(person, number)
      await reopenOwnConversation(ctx, id)
    },
    file: async (person, number, asked) => {
      const { ctx } = await own(person, number)
      const asSystem = (_ctx: Ctx, job: string): Ctx => newCtx(job)
      return readFile(ctx, asked, { storage: house.storage, asSystem, isSentToContact })
    },
    leave: (token) => endCaseSession(system(), token),
    leaveEverywhere: (person) => endAllSessions(system(), person),
    takeCopy: (person) => takeOwnCopy(system(), person, house.exporting),
    previewErasure: (person) => previewForget(system(), person, house.forgetting),
    erase: (person) => forgetPerson(system(), person, house.forgetting),
    certificate: (id) => readOwnCertificate(system(), id),
  }
}

async function isAnyStrict(tx: TxCtx, { contactIds }: CasePerson, operators: SanitisingPolicy): Promise<boolean> {
  for (const id of contactIds) if ((await sanitisingOf(tx, id, operators)).policy === 'strict') return true
  return false
}

/** A conversation, and how much of it the person has not seen. */
export type OwnCase = { conversation: Conversation; unread: number }

async function listAll({ contactIds }: CasePerson, as: (id: ContactId) => Ctx): Promise<OwnCase[]> {
  const all: OwnCase[] = []
  for (let from = 0; from < contactIds.length; from += atOnce) {
    const some = contactIds.slice(from, from + atOnce)
    for (const { conversations, unread } of await Promise.all(some.map((id) => listOwnConversations(as(id)))))
      all.push(...conversations.map((conversation) => ({ conversation, unread: unread[conversation.id] ?? 0 })))
  }
  const at = ({ conversation }: OwnCase): string => conversation.lastMessageAt
  return all.sort((a, b) => at(b).localeCompare(at(a))).slice(0, mostShown)
}
