import type { ContactApi } from '@clew/client/contact-api'
import type { CaptureSummary } from '@clew/contract/captures'
import type { Case } from '@clew/contract/cases'
import type { Conversation, Message } from '@clew/contract/conversations'
import type { FileId } from '@clew/contract/primitives'
import type { Outgoing, OutgoingFile } from './outbox.ts'

/** What the server answered to one entry. */
export type Delivered = { conversation?: Conversation; message?: Message; case?: Case; capture?: CaptureSummary }

export type Delivery = {
  api: ContactApi
  /** Where the entry goes; for a `start`, our own id of the conversation. */
  conversation: string
  onProgress(fileId: string, sentBytes: number): void
  signal: AbortSignal
}

/** Sends one entry, its files first. Everything in it may be sent again without harm. */
export async function deliver(outgoing: Outgoing, to: Delivery): Promise<Delivered> {
  const { api, conversation } = to
  switch (outgoing.kind) {
    case 'start': {
      const { kind: _kind, files, tried, ...input } = outgoing
      const fileIds = await uploadAll(files, to)
      const more = { clientConversationId: conversation, fileIds, ...(tried ? { tried: [...tried] } : {}) }
      return api.startConversation({ ...input, ...more })
    }
    case 'message': {
      const { kind: _kind, files, uploaded = [], ...input } = outgoing
      const fileIds = [...(await uploadAll(files, to)), ...uploaded.map(({ id }) => id as FileId)]
      return { message: await api.sendMessage(conversation, { ...input, fileIds }) }
    }
    case 'person':
      return { conversation: await api.askForPerson(conversation) }
    case 'fact':
      return { case: await api.setFact(conversation, outgoing.fact) }
    case 'capture': {
      const [fileId] = await uploadAll([outgoing.file], to)
      if (fileId === undefined) throw new Error('a capture has a file')
      const { clientMessageId, removed } = outgoing
      return api.attachCapture(conversation, { clientMessageId, fileId, removed: [...removed] })
    }
    case 'large_capture': {
      const { clientMessageId, upload, removed } = outgoing
      const { id: fileId } = await api.beginUpload(upload)
      return api.attachCapture(conversation, { clientMessageId, fileId, removed: [...removed] })
    }
  }
}

async function uploadAll(files: readonly OutgoingFile[], to: Delivery): Promise<FileId[]> {
  const ids: FileId[] = []
  for (const { id, name, content } of files) {
    const onProgress = (sent: number) => to.onProgress(id, sent)
    ids.push((await to.api.uploadFile({ id, name, content, onProgress, signal: to.signal })).id)
  }
  return ids
}
