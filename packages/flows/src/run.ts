import { z } from 'zod'
import { currentFlowId } from './aliases.ts'
import { handoverReasons } from './flow.ts'
import { limits } from './limits.ts'
import type { Effect } from './run-input.ts'

const LocalString = z.object({ en: z.string(), el: z.string() })
const SlotValueSchema = z.union([z.string(), z.number(), z.boolean()])

/** One answer. A person's has an outcome; what the product found by itself has a result and is no reply of theirs. */
const Answered = z.object({
  by: z.literal('person').default('person'),
  stepId: z.string(),
  replyId: z.string().exactOptional(),
  outcome: z.enum(['fixed', 'not_fixed', 'skipped', 'not_possible', 'answered']),
  at: z.string(),
  /** Of the message it came with: the same one twice is one answer. */
  inputId: z.string().exactOptional(),
  /** The person took it back. What was tried after it was tried all the same. */
  corrected: z.literal(true).exactOptional(),
  correctionId: z.string().exactOptional(),
})
const Looked = z.object({
  by: z.literal('product'),
  stepId: z.string(),
  check: z.string(),
  result: z.string(),
  at: z.string(),
})
const Need = z.object({ stepId: z.string(), check: z.string(), params: z.record(z.string(), z.unknown()) })

const HeardSchema = z.object({ value: SlotValueSchema, quote: z.string(), at: z.string() })

const walked = {
  flowId: z.string().transform(currentFlowId),
  flowVersion: z.int(),
  steps: z.array(z.union([Looked, Answered])).max(limits.records + 10),
  slots: z.record(z.string(), SlotValueSchema).default({}),
  /** What was taken from the person's words instead of being asked, with those words. */
  heard: z.record(z.string(), HeardSchema).default({}),
  values: z.record(z.string(), z.union([z.string(), LocalString])).default({}),
  /** Steps that said something on the way here and needed no reply. */
  passed: z.array(z.object({ stepId: z.string(), outcome: z.string().exactOptional() })).default([]),
  /** Answers from before a correction that still hold: asked for again, they answer by themselves. */
  kept: z.array(z.object({ stepId: z.string(), replyId: z.string() })).default([]),
  /** The flows that led here. */
  came: z.array(z.string()).default([]),
}
const ended = { endStepId: z.string().exactOptional() }

/** A run as it is stored; also one of before flows had checks, which knew less. */
const RunSchema = z.discriminatedUnion('state', [
  z.object({ ...walked, state: z.literal('running'), currentStepId: z.string() }),
  z.object({ ...walked, state: z.literal('checking'), currentStepId: z.string(), needs: z.array(Need) }),
  z.object({ ...walked, ...ended, state: z.literal('done') }),
  z.object({ ...walked, ...ended, state: z.literal('answered') }),
  z.object({ ...walked, ...ended, state: z.literal('handover'), reason: z.enum(handoverReasons).default('exhausted') }),
  z.object({ ...walked, ...ended, state: z.literal('continued'), nextFlowId: z.string() }),
  z.object({ ...walked, ...ended, state: z.literal('cancelled') }),
])

/** One walk through a flow, as plain data: it is stored, sent and read back without loss. */
export type Run = z.infer<typeof RunSchema>
export type StepRecord = Run['steps'][number]
export type AnswerRecord = Extract<StepRecord, { by: 'person' }>

/** What changes in a run, apart from its state. */
export type Walked = Pick<
  Run,
  'flowId' | 'flowVersion' | 'steps' | 'slots' | 'heard' | 'values' | 'passed' | 'kept' | 'came'
>

/** A step further: the run, and what has to be done because of it, once. */
export type Progress = { run: Run; effects: readonly Effect[] }

/** A stored run, or undefined for what is none. */
export function readRun(stored: unknown): Run | undefined {
  const { data } = RunSchema.safeParse(stored)
  return data
}

export const isOpen = (run: Run): run is Extract<Run, { currentStepId: string }> =>
  run.state === 'running' || run.state === 'checking'

/** Without its state, which the next step decides. */
export function walkedOf({ flowId, flowVersion, steps, slots, heard, values, passed, kept, came }: Walked): Walked {
  return { flowId, flowVersion, steps, slots, heard, values, passed, kept, came }
}
