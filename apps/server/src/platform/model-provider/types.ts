import type { z } from 'zod'

/** A model that speaks as OpenAI's do, and how it may be asked. */
export type ModelEndpoint = {
  /** Where `/chat/completions` is, without a closing slash. */
  url: string
  model: string
  apiKey: string | undefined
  /** Asks the provider to keep nothing of what it is sent. */
  isZeroRetention: boolean
}

/** Something the model may ask for. It reads, or it proposes; nothing here writes. */
export type ModelTool<I = never> = {
  description: string
  input: z.ZodType<I>
  /** Answers with plain data. */
  run(input: I): unknown
}

export const modelTool = <I>(tool: ModelTool<I>): ModelTool => tool as unknown as ModelTool

export type ModelMessage = { role: 'user' | 'assistant'; content: string }

export type ModelCall<T> = {
  endpoint: ModelEndpoint
  system: string
  messages: readonly ModelMessage[]
  tools: Readonly<Record<string, ModelTool>>
  /** What the answer has to look like. */
  output: z.ZodType<T>
  /** How often the model may be called before it has to answer. */
  maxSteps: number
  /** For all its steps together. */
  maxOutputTokens: number
  signal: AbortSignal
  /** The answer as far as it has come: any part of it may be missing. */
  onPartial(partial: unknown): void
}

export type ModelFailure =
  | 'address'
  | 'unreachable'
  | 'timeout'
  | 'key'
  | 'model'
  | 'limit'
  | 'refused'
  | 'server'
  | 'cut'
  | 'not_understood'
  | 'too_long'
  | 'tool_loop'

export type ModelUsage = { inputTokens: number; outputTokens: number; calls: number }

/** What became of a call. Nothing that the provider does makes it throw. */
export type ModelResult<T> = { usage: ModelUsage } & (
  | { output: T; text: string; failure?: undefined }
  | { failure: ModelFailure; status?: number }
)

export type AskModel = <T>(call: ModelCall<T>) => Promise<ModelResult<T>>
