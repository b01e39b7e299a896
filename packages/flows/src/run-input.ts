import type { HandoverReason } from './flow.ts'
import type { PlaceholderValues } from './placeholders.ts'
import type { SlotValue } from './slots.ts'

/** What the case knows already, slot by slot; such things are not asked. */
export type Facts = {
  slots: Readonly<Record<string, SlotValue>>
  /** What the flow's own slots hold by what was said, in the person's own words. */
  heard?: Readonly<Record<string, Heard>>
}

export type Heard = { value: SlotValue; quote: string; at: string }

/** What the product found by itself. `values` fill placeholders of what is said from here on. */
export type CheckResult = { stepId: string; outcome: string; values?: PlaceholderValues }

/** `at` is ISO 8601 from the caller's clock. `id` is that of the message: the same one twice changes nothing. */
export type RunInput = { at: string; id?: string } & (
  | { type: 'reply'; stepId: string; replyId: string }
  | { type: 'slots'; slots: Readonly<Record<string, SlotValue>> }
  | { type: 'checks'; results: readonly CheckResult[] }
  | { type: 'correct'; stepId: string }
  | { type: 'skip'; stepId: string }
  | { type: 'cancel' }
  | { type: 'repeat' }
)

/** What the caller does because of a step, in the transaction that stores the run. */
export type Effect =
  | { type: 'slot'; slot: string; value: SlotValue }
  | { type: 'tag'; tag: string }
  | { type: 'article'; slug: string }
  | { type: 'tried'; stepId: string; outcome: 'fixed' | 'not_fixed' | 'skipped' | 'not_possible' }
  | { type: 'handover'; reason: HandoverReason }
  | { type: 'flow'; flowId: string }
