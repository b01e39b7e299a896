import type { CaptureEntry, Finding, SanitisingPolicy, Undecidable } from '@clew/contract/captures'
import type { CaptureId, ContactId, ConversationId, FileId } from '@clew/contract/primitives'
import type { Incident, RecordedWith } from '@clew/har'

export type Removal = { kind: string; count: number }

export type CaptureRow = {
  id: CaptureId
  conversationId: ConversationId
  contactId: ContactId
  fileId: FileId
  name: string
  sizeBytes: number
  state: 'uploading' | 'received' | 'checking' | 'analysed' | 'refused'
  refusal: string | undefined
  removedInBrowser: Removal[]
  removedOnServer: Removal[]
  entries: number
  spanMs: number
  failing: number
  recordedWith: RecordedWith
  findings: Finding[]
  undecidable: Undecidable[]
  /** When the problem happened, as far as the case knows. */
  reportedAt: Date | undefined
  doneBytes: number
  totalBytes: number
  attempts: number
  expiredAt: Date | undefined
  createdAt: Date
}

/** A row of the list, and where in the cleaned file its entry stands, in bytes. */
export type StoredEntry = CaptureEntry & { span?: { start: number; end: number } | undefined }

/** What reading a capture on the server yields. */
export type CaptureReading = { state: 'refused'; refusal: string } | CaptureRead

export type CaptureRead = {
  state: 'analysed'
  removed: Removal[]
  entries: StoredEntry[]
  entryCount: number
  spanMs: number
  failing: number
  recordedWith: RecordedWith
  findings: Finding[]
  undecidable: Undecidable[]
  /** It came packed, and what was cleaned is what it held. */
  isUnpacked?: boolean
}

export type ReadingOptions = {
  firstPartyHosts: string[]
  uploadLimitBytes: number
  sanitising: SanitisingPolicy
  /** What was wrong with the service, for telling which failures fall into it. */
  incidents?: Incident[]
  /** When the problem happened, ISO 8601. */
  reportedAt?: string
  /** It was cleaned here before and is only read once more. */
  isClean?: boolean
}

/** The bytes of a capture, read in parts and more than once. */
export type CaptureSource = { size: number; slice(start: number, end: number): Promise<Uint8Array> }

/**
 * A reading under way. Reading `clean` to its end does the work; leaving off early ends it, and so does `stop`, also
 * where nobody has begun.
 */
export type Reading = { clean: AsyncIterable<Uint8Array>; result: Promise<CaptureReading>; stop(): void }

/** Cleans and reads captures away from the main thread, in bounded memory. */
export type CaptureReader = {
  read(source: CaptureSource, options: ReadingOptions, onProgress: (doneBytes: number) => void): Reading
  close(): Promise<void>
}

/** Rows kept for the list of the workspace; the findings have seen all. */
export const maxRows = 10_000

/** A check that does not get to its end is tried so often in all. */
export const maxAttempts = 3

/** Large captures wait in a queue of their own, so that they hold up no small one. */
export const isLarge = (sizeBytes: number): boolean => sizeBytes > 25_000_000
