import type { LanePort } from './lane-port.ts'
import type { Shelf } from './shelf.ts'

export type SanitisePolicy = 'strict' | 'standard'

export type SanitisePhase = 'harvest' | 'sanitise' | 'verify'

export interface SanitiseProgress {
  phase: SanitisePhase
  entriesDone: number
  bytesDone: number
  bytesTotal: number
  removedSoFar: number
}

export type RemovalKind = 'cookie' | 'token' | 'password' | 'email' | 'signed_link' | 'personal' | 'body' | 'other'

/** Why something stays that could be taken for a secret. */
export type KeptReason =
  | 'request_or_trace_id'
  | 'organisation_id'
  | 'hashed_asset'
  | 'file_name'
  | 'error_text'
  | 'operation_name'
  | 'server_address'
  | 'sign_in_status'
  | 'body_of_host'
  | 'operator_rule'

export interface SanitiseKept {
  reason: KeptReason
  count: number
}

export interface SanitiseWarning {
  code: string
  path?: string
}

export interface SanitiseExample {
  kind: RemovalKind
  /** Where it was, e.g. `entries[3].request.headers.cookie`. */
  where: string
  /** What stands there now; never the value itself. */
  replacement: string
}

export interface SanitiseReport {
  entries: number
  entriesDropped: number
  removed: { kind: RemovalKind; count: number }[]
  removedTotal: number
  /** Known secrets that the last check still found in cleaned entries; such entries are dropped, so the output has none. */
  leftOnSecondPass: number
  /** What stayed on purpose although it looks like a secret, and why. */
  kept: SanitiseKept[]
  warnings: SanitiseWarning[]
  examples: SanitiseExample[]
}

export type SanitiseRuleAction = 'remove' | 'keep' | 'pseudonymise'

/** A rule of an operator's own. Every part of `match` that is given must fit. */
export interface SanitiseRule {
  match: {
    /** Name of a header, cookie, parameter or JSON field, in any case; `*` stands for any characters. */
    name?: string
    /** Host of the request; `*.example.com` fits every name below example.com. Alone it speaks of the bodies. */
    host?: string
    /** Place in a JSON body: `$.user.email`, `$.items[*].id`, `$..token`. */
    jsonPath?: string
  }
  /** `keep` never keeps what is found to be a credential. */
  action: SanitiseRuleAction
  /** How a removal is counted; `other` when absent. */
  kind?: RemovalKind
}

export interface SanitiseOptions {
  policy?: SanitisePolicy
  /** Hosts whose bodies stay readable: only credentials, tokens and personal data found in them go. */
  keepBodiesOf?: readonly string[]
  /** Checked by `parseSanitiseRules`; the first that fits decides. */
  rules?: readonly SanitiseRule[]
  /** Key of the pseudonyms, 16 bytes; a fresh random one when absent. */
  key?: Uint8Array
  signal?: AbortSignal
  onProgress?: (progress: SanitiseProgress) => void
  /** Give the event loop a turn after this many bytes of input; 0 never. Default 4 MiB; on a page that must stay smooth take less. */
  yieldEvery?: number
  /** Clean entries that may stay in memory between the passes, in bytes. Default 40 MiB. */
  memoryBytes?: number
  /** Where clean entries go that have no room in memory; without one, what has no room is read twice. */
  makeShelf?: () => Shelf
  /** Threads that clean entries side by side, each of which runs `serveLane`; none where a file of this size is not worth it. */
  startThreads?: (bytes: number) => readonly LanePort[]
}

export interface Sanitising {
  /** The clean file. Reading it does the work. */
  chunks: AsyncIterable<Uint8Array>
  /** Settles once `chunks` was read to its end. */
  report: Promise<SanitiseReport>
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }
export type JsonObject = { [key: string]: JsonValue }

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
