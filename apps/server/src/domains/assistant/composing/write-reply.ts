import {
  bodyOf,
  type Draft,
  type Judged,
  judgeReply,
  judgeSentence,
  tellFaults,
  type Written,
  type WrittenFault,
} from '@clew/assistant'
import { Locale } from '@clew/contract/primitives'
import { z } from 'zod'
import type { AskModel, ModelMessage, ModelUsage } from '../../../platform/model-provider/index.ts'
import type { Brief } from './brief.ts'
import type { FallbackReason, ModelInUse } from './parts.ts'
import { toolsOf } from './tools.ts'

const WrittenReply = z.object({
  kind: z.enum(['answer', 'ask', 'cannot']),
  language: Locale,
  sentences: z.array(z.object({ text: z.string(), cites: z.array(z.string()) })),
})

/** What came of asking. Without a draft the stored words are said. */
export type WrittenOutcome = {
  draft: Draft | undefined
  reason: FallbackReason | undefined
  faults: readonly WrittenFault[]
  usage: ModelUsage
}

export type Asking = {
  model: ModelInUse
  ask: AskModel
  signal: AbortSignal
  /** Hears what is verified so far, from its first word on. */
  onText(text: string): void
}

const mostSteps = 4
/** Below this a second try would not be able to say anything. */
const leastTokens = 40

/** Asks a model for a reply and lets through only what holds; once it is told what was wrong. Waits for the network. */
export async function writeReply(brief: Brief, asking: Asking): Promise<WrittenOutcome> {
  const messages: ModelMessage[] = [{ role: 'user', content: brief.prompt }]
  const first = await attempt(brief, asking, { messages, tokens: asking.model.maxTokensPerAnswer })
  const tokens = asking.model.maxTokensPerAnswer - first.usage.outputTokens
  const mayRetry = first.draft === undefined && isWrong(first) && tokens >= leastTokens && !asking.signal.aborted
  if (!mayRetry) return first
  const complaint = first.faults.length > 0 ? tellFaults(first.faults) : 'That was not the JSON object asked for.'
  if (first.text !== '') messages.push({ role: 'assistant', content: hidden(brief, first.text) })
  messages.push({ role: 'user', content: complaint })
  const second = await attempt(brief, asking, { messages, tokens })
  return {
    ...second,
    usage: sum(first.usage, second.usage),
    faults: second.draft ? [] : [...first.faults, ...second.faults],
  }
}

/** What a model wrote itself goes back to it, and what it may have guessed stays here as well. */
const hidden = ({ hide, bench }: Brief, text: string): string => hide(bench.restore(text) ?? text)

const isWrong = ({ reason }: WrittenOutcome): boolean => reason === 'faults' || reason === 'not_understood'

const sum = (a: ModelUsage, b: ModelUsage): ModelUsage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  calls: a.calls + b.calls,
})

type Attempt = WrittenOutcome & { text: string }

async function attempt(
  brief: Brief,
  { model, ask, signal, onText }: Asking,
  { messages, tokens }: { messages: readonly ModelMessage[]; tokens: number },
): Promise<Attempt> {
  const stop = new AbortController()
  const reading = readerOf(brief, onText)
  const result = await ask<Written>({
    endpoint: model,
    system: brief.system,
    messages,
    tools: toolsOf(brief),
    output: WrittenReply,
    maxSteps: mostSteps,
    maxOutputTokens: tokens,
    signal: AbortSignal.any([signal, stop.signal]),
    onPartial: (partial) => {
      // What is wrong already is not waited for.
      if (!reading.isSound(partial)) stop.abort()
    },
  })
  const { usage } = result
  const none = { draft: undefined, usage, faults: [] }
  if (reading.faults().length > 0) return { ...none, reason: 'faults', faults: reading.faults(), text: reading.text() }
  if (result.failure !== undefined) return { ...none, reason: result.failure, text: '' }
  const written = result.output
  if (written.kind === 'cannot') return { ...none, reason: 'declined', text: '' }
  const judged = written.sentences.map((sentence) => judgeSentence(brief.bench, sentence))
  const faults = [
    ...judged.flatMap((each) => each.faults),
    ...judgeReply(written, { did: brief.stored.did, turn: brief.bench.turn }),
  ]
  if (faults.length > 0) return { ...none, reason: 'faults', faults, text: result.text }
  onText(bodyOf(judged))
  return { draft: { written, judged }, reason: undefined, faults: [], usage, text: result.text }
}

const Partial = z.object({
  kind: z.enum(['answer', 'ask']),
  sentences: z.array(z.object({ text: z.string(), cites: z.array(z.string()) }).partial()),
})

/** Judges each sentence as soon as the next one begins, and lets those through that hold. */
function readerOf({ bench, stored }: Brief, onText: (text: string) => void) {
  const judged: Judged[] = []
  let latest: unknown
  const isExpected = (kind: 'answer' | 'ask'): boolean => stored.did.action !== 'answer' || kind === 'answer'
  return {
    isSound(partial: unknown): boolean {
      latest = partial
      const read = Partial.safeParse(partial)
      if (!read.success || !isExpected(read.data.kind)) return true
      const whole = read.data.sentences.slice(0, -1)
      for (const { text = '', cites = [] } of whole.slice(judged.length)) {
        const one = judgeSentence(bench, { text, cites })
        judged.push(one)
        if (one.faults.length > 0) return false
        onText(bodyOf(judged))
      }
      return true
    },
    faults: (): WrittenFault[] => judged.flatMap(({ faults }) => faults),
    text: (): string => JSON.stringify(latest ?? ''),
  }
}
