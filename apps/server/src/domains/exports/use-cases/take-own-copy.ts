import { Readable } from 'node:stream'
import type { ContactId, FileId } from '@clew/contract/primitives'
import { AppError } from '../../../platform/app-error.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { recordAudit } from '../../audit/index.ts'
import { listToldCases } from '../../cases/index.ts'
import { listContacts, organisationOfContact } from '../../contacts/index.ts'
import {
  type MessagePlace,
  pageMessagesOf,
  pageSelected,
  type SelectedConversation,
  type SelectedMessage,
} from '../../conversations/index.ts'
import { findFile, lyingOf, openFile } from '../../files/index.ts'
import { findSupportTeam } from '../../organisations/index.ts'
import { ownExportsADay } from '../model.ts'
import type { ExportParts } from '../parts.ts'
import { authorizeSystem } from '../policy.ts'
import { countOwnSince, insertOwn, lockOwn } from '../repository.own.ts'
import { type ZipEntry, zipOf } from '../zip.ts'

export type OwnCopy = { name: string; body: Readable }

const dayMs = 86_400_000

/**
 * Everything that is kept of a person, for that person: who they are, what they asked and were told, and the files. It is
 * written as it is read, so it is never stored here. The caller has made sure that it is the person who asks.
 */
export async function takeOwnCopy(
  ctx: Ctx,
  { contactIds }: { contactIds: readonly ContactId[] },
  { storage }: Pick<ExportParts, 'storage'>,
): Promise<OwnCopy> {
  authorizeSystem(ctx.actor)
  await ctx.transaction((tx) => noteTaken(tx, contactIds))
  const at = ctx.clock.now()
  const day = at.toISOString().slice(0, 10)
  return {
    name: `my-data-${day}.zip`,
    body: zipOf(() => entriesOf(ctx, contactIds, storage), { comment: `Clew, a person’s own data, ${day}`, at }),
  }
}

/** It costs work, and whoever has stolen a session must not have it without a trace. */
async function noteTaken(tx: TxCtx, contactIds: readonly ContactId[]): Promise<void> {
  const [first] = contactIds
  if (first === undefined) throw new AppError('export.not_found')
  await lockOwn(tx, first)
  const since = new Date(tx.clock.now().getTime() - dayMs)
  if ((await countOwnSince(tx, contactIds, since)) >= ownExportsADay) throw new AppError('export.too_often')
  await insertOwn(tx, first)
  const organisationId = (await organisationOfContact(tx, first)) ?? (await findSupportTeam(tx))
  if (organisationId === undefined) return
  recordAudit(tx, {
    organisationId,
    action: 'export.downloaded',
    actor: { type: 'contact', id: first },
    targets: contactIds.map((id) => ({ type: 'contact', id })),
    metadata: { own: true },
  })
}

async function* entriesOf(
  ctx: Ctx,
  contactIds: readonly ContactId[],
  storage: ExportParts['storage'],
): AsyncGenerator<ZipEntry> {
  const people = await ctx.transaction(async (tx) => [...(await listContacts(tx, contactIds)).values()])
  yield text('person.json', `${JSON.stringify({ contacts: people }, null, 2)}\n`)
  for (let after: string | undefined; ; ) {
    const from = after
    const page = await ctx.transaction((tx) => pageSelected(tx, { contactIds }, { after: from, limit: 50 }))
    for (const conversation of page) yield* caseEntries(ctx, conversation, storage)
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

const text = (name: string, content: string): ZipEntry => ({ name, body: Readable.from([Buffer.from(content)]) })

type Attached = SelectedMessage['attachments'][number]

async function* caseEntries(
  ctx: Ctx,
  conversation: SelectedConversation,
  storage: ExportParts['storage'],
): AsyncGenerator<ZipEntry> {
  const attached: Attached[] = []
  yield {
    name: `cases/C-${conversation.number}.json`,
    body: Readable.from(caseText(ctx, conversation, attached), { objectMode: false }),
  }
  for (const { fileId, name } of attached) {
    const body = await openStored(ctx, fileId as FileId, storage)
    if (body)
      yield { name: `files/C-${conversation.number}/${fileId.slice(-8)}-${name.replaceAll(/[\\/]/g, '_')}`, body }
  }
}

/** Nothing where the file has gone or was never cleaned; that there was one stands in the case. */
async function openStored(ctx: Ctx, id: FileId, storage: ExportParts['storage']): Promise<Readable | undefined> {
  const lying = await ctx.transaction(async (tx) => {
    const file = await findFile(tx, id)
    return file?.state === 'stored' ? lyingOf(tx, file) : undefined
  })
  return lying && (await openFile(storage, undefined, lying)).body
}

/** One case as JSON, its messages page by page. Gathers which files were sent in it. */
async function* caseText(ctx: Ctx, conversation: SelectedConversation, attached: Attached[]): AsyncGenerator<string> {
  const [told] = await ctx.transaction((tx) => listToldCases(tx, [conversation.id]))
  const head = JSON.stringify({ ...conversation, kind: told?.kind, facts: told?.facts ?? [] })
  yield `${head.slice(0, -1)},"messages":[`
  let isFirst = true
  for (let after: MessagePlace | undefined; ; ) {
    const from = after
    const page = await ctx.transaction((tx) =>
      pageMessagesOf(tx, [conversation.id], { after: from, limit: 500, withNotes: false }),
    )
    for (const { conversationId: _same, internal: _never, ...message } of page) {
      attached.push(...message.attachments)
      yield `${isFirst ? '' : ','}${JSON.stringify(message)}`
      isFirst = false
    }
    const last = page.at(-1)
    if (last === undefined) break
    after = { conversationId: last.conversationId, seq: last.seq }
  }
  yield ']}\n'
}
