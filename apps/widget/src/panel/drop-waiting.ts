import type { OutboxEntry } from '../outbox/outbox.ts'
import type { Sending } from './sending.ts'
import type { Uploads } from './uploads.ts'

type Waiting = { sending: Sending; uploads: Uploads; entries: readonly OutboxEntry[] }

/** Takes back all that was to be sent to a conversation which is no more, and stops the files that go with it. */
export async function dropWaiting(id: string, { sending, uploads, entries }: Waiting): Promise<void> {
  for (const { conversation, order, outgoing } of entries) {
    if (conversation !== id) continue
    await sending.discard(order)
    if (outgoing.kind === 'large_capture') await uploads.cancel(outgoing.upload.id)
  }
  if (!uploads.isWanted) return
  const kept = await (await sending.uploadDoor()).uploads.list()
  for (const { id: file, plain } of kept) if (plain?.conversation === id) await uploads.cancel(file)
}
