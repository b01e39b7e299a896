import type { CaptureEntry, Finding } from '@clew/contract/captures'
import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'

export type Removal = { kind: string; count: number }

export type CaptureRow = {
  id: CaptureId
  conversationId: ConversationId
  contactId: ContactId
  fileId: FileId
  name: string
  sizeBytes: number
  state: 'received' | 'analysed' | 'refused'
  refusal: string | undefined
  removedInBrowser: Removal[]
  removedOnServer: Removal[]
  entries: number
  spanMs: number
  failing: number
  findings: Finding[]
  createdAt: Date
}

/** What reading a capture on the server yields. `clean` is there when the server still had to remove something. */
export type CaptureReading =
  | { state: 'refused'; refusal: string }
  | {
      state: 'analysed'
      removed: Removal[]
      clean: Uint8Array | undefined
      entries: CaptureEntry[]
      spanMs: number
      failing: number
      findings: Finding[]
    }

export type ReadingOptions = { firstPartyHosts: string[]; uploadLimitBytes: number }

/** Reads a capture away from the main thread. */
export type CaptureReader = {
  read(bytes: Uint8Array, options: ReadingOptions): Promise<CaptureReading>
  close(): Promise<void>
}
