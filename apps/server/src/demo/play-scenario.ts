import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import { setFact } from '../domains/cases/use-cases/set-fact.ts'
import { beginContactSession, updateContact } from '../domains/contacts/index.ts'
import { findConversation, listMessages, startConversation } from '../domains/conversations/index.ts'
import { assignConversation, takeOverConversation } from '../domains/conversations/use-cases/assign-conversation.ts'
import { attachCapture } from '../domains/conversations/use-cases/attach-capture.ts'
import { markRead } from '../domains/conversations/use-cases/mark-read.ts'
import { reopenConversation, resolveConversation } from '../domains/conversations/use-cases/resolve-conversation.ts'
import { sendAgentMessage } from '../domains/conversations/use-cases/send-agent-message.ts'
import { sendContactMessage } from '../domains/conversations/use-cases/send-contact-message.ts'
import { storeFile } from '../domains/files/use-cases/store-file.ts'
import type { TxCtx } from '../platform/ctx.ts'
import type { Team } from './agents.ts'
import { drawScreenshot } from './picture.ts'
import type { AgentBeat, Beat, Scenario } from './scenario.ts'
import type { Stage } from './stage.ts'

type Playing = { stage: Stage; team: Team; contact: TxCtx; conversationId: ConversationId }

/** Who the contact of a scenario is: the same each time, so that no conversation is added twice. */
export function contactIdOf({ key }: Pick<Scenario, 'key'>): ContactId {
  const hex = createHash('sha256').update(`demo contact ${key}`).digest('hex')
  // Version 8 of RFC 9562: an id of our own making.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as ContactId
}

/** Plays a conversation from its first message to its last, through the same use-cases as people do. */
export async function playScenario(
  stage: Stage,
  scenario: Scenario,
  { team, captures }: { team: Team; captures: string },
): Promise<void> {
  const contact = stage.as({ type: 'contact', id: contactIdOf(scenario) })
  await beginContactSession(contact)
  await updateContact(contact, contactIdOf(scenario), scenario.contact)
  const { started } = await startConversation(contact, {
    clientConversationId: contact.ids.next(),
    clientMessageId: contact.ids.next(),
    body: scenario.opens,
    fileIds: await picturesOf(stage, contact, scenario.picture),
    locale: scenario.locale,
    ...(scenario.page === undefined ? {} : { pageUrl: scenario.page }),
  })
  await stage.react()
  const playing: Playing = { stage, team, contact, conversationId: started.conversation.id }
  for (const beat of scenario.beats) {
    stage.clock.advance(beat.after * 60_000)
    await perform(playing, beat, captures)
    await stage.react()
  }
  // There is nobody at these addresses: what the contact has seen is not mailed.
  await read(playing)
  await stage.react()
}

async function perform(playing: Playing, beat: Beat, captures: string): Promise<void> {
  const { stage, contact, conversationId } = playing
  switch (beat.does) {
    case 'says':
      await read(playing)
      await sendContactMessage(contact, conversationId, {
        clientMessageId: contact.ids.next(),
        body: beat.text,
        fileIds: await picturesOf(stage, contact, beat.picture),
      })
      return
    case 'presses':
      await read(playing)
      return press(playing, beat.replyId)
    case 'records':
      return record(playing, join(captures, `${beat.capture}.har`), beat.capture)
    case 'fills in':
      await setFact(contact, conversationId, { ...beat.fact, source: beat.fact.source ?? 'contact' })
      return
    default:
      return performAsAgent(playing, beat)
  }
}

async function performAsAgent({ stage, team, conversationId }: Playing, beat: AgentBeat): Promise<void> {
  const agent = stage.as(team[beat.agent])
  switch (beat.does) {
    case 'replies':
    case 'notes': {
      const kind = beat.does === 'notes' ? 'note' : 'message'
      const clientMessageId = agent.ids.next()
      await sendAgentMessage(agent, conversationId, { clientMessageId, body: beat.text, fileIds: [], kind })
      return
    }
    case 'assigns':
      return assignConversation(agent, conversationId, team[beat.to].id)
    case 'takes over':
      return takeOverConversation(agent, conversationId)
    case 'resolves':
      return resolveConversation(agent, conversationId)
    case 'reopens':
      return reopenConversation(agent, conversationId)
  }
}

/** Whoever writes has read what was said. */
async function read({ contact, conversationId }: Playing): Promise<void> {
  const conversation = await findConversation(contact, conversationId)
  await markRead(contact, conversationId, conversation?.lastSeq ?? 0)
}

/** Presses a button of the last message that has any; one that is not there is a mistake in the scenario. */
async function press({ contact, conversationId }: Playing, replyId: string): Promise<void> {
  const messages = await listMessages(contact, conversationId, { after: 0, limit: 200 })
  const offered = messages.findLast(({ content }) => content.quickReplies !== undefined)?.content.quickReplies ?? []
  const reply = offered.find(({ id }) => id === replyId)
  if (!reply) throw new Error(`${replyId} is not offered, only ${offered.map(({ id }) => id).join(', ') || 'nothing'}`)
  await sendContactMessage(contact, conversationId, {
    clientMessageId: contact.ids.next(),
    body: reply.label,
    fileIds: [],
    quickReplyId: reply.id,
  })
}

async function record({ stage, contact, conversationId }: Playing, file: string, name: string): Promise<void> {
  const fileId = await store(stage, contact, {
    name: `${name}.har`,
    type: 'application/json',
    bytes: readFileSync(file),
  })
  const { capture } = await attachCapture(contact, conversationId, {
    clientMessageId: contact.ids.next(),
    fileId,
    removed: [
      { kind: 'cookie', count: 2 },
      { kind: 'token', count: 1 },
      { kind: 'body', count: 4 },
    ],
  })
  await stage.run('har.analyse_capture', { captureId: capture.id })
}

async function picturesOf(stage: Stage, contact: TxCtx, name: string | undefined): Promise<FileId[]> {
  return name === undefined
    ? []
    : [await store(stage, contact, { name, type: 'image/png', bytes: drawScreenshot(name) })]
}

async function store(
  stage: Stage,
  contact: TxCtx,
  { name, type, bytes }: { name: string; type: string; bytes: Buffer },
): Promise<FileId> {
  const id = contact.ids.next() as FileId
  const upload = { id, name, claimedType: type, claimedSize: bytes.length, body: Readable.from([bytes]) }
  await storeFile(contact, stage.storage, upload)
  return id
}
