import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { type LanguageModel, Output, parsePartialJson, stepCountIs, streamText, type ToolSet, tool } from 'ai'
import type { z } from 'zod'
import { failureOf } from './failure.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { Meter } from './meter.ts'
import type { AskModel, ModelCall, ModelEndpoint, ModelResult } from './types.ts'

// The library writes to the console otherwise, with parts of what it was sent.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })

/** The only place that knows the library. */
function languageModel(endpoint: ModelEndpoint, onSend: (body: Record<string, unknown>) => void): LanguageModel {
  return createOpenAICompatible({
    name: 'model',
    baseURL: endpoint.url,
    ...(endpoint.apiKey === undefined ? {} : { apiKey: endpoint.apiKey }),
    fetch: guardedFetch,
    includeUsage: true,
    supportsStructuredOutputs: true,
    transformRequestBody: (body: Record<string, unknown>) => {
      const sent = endpoint.isZeroRetention ? { ...body, store: false } : body
      onSend(sent)
      return sent
    },
  }).chatModel(endpoint.model)
}

/** Asks a model, lets it use its tools, and reads the answer while it comes. */
export const askModel: AskModel = async <T>(call: ModelCall<T>): Promise<ModelResult<T>> => {
  const meter = new Meter()
  const stopped = stoppedBy(call.signal)
  try {
    const { output, text } = await Promise.race([stream(call, meter), stopped.promise])
    return { usage: meter.usage(), output, text }
  } catch (error) {
    return { usage: meter.usage(), ...failureOf(error, call.signal) }
  } finally {
    stopped.release()
  }
}

/** The library ends a stream that is called off quietly; here it is an error like any other. */
function stoppedBy(signal: AbortSignal): { promise: Promise<never>; release(): void } {
  let release = (): void => undefined
  const promise = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    release = () => signal.removeEventListener('abort', stop)
  })
  return { promise, release }
}

async function stream<T>(call: ModelCall<T>, meter: Meter): Promise<{ output: T; text: string }> {
  const broken: unknown[] = []
  const left = (): number => Math.max(1, call.maxOutputTokens - meter.outputTokens)
  const result = streamText({
    model: languageModel(call.endpoint, (body) => meter.sending(body)),
    system: call.system,
    messages: call.messages.map(({ role, content }) => ({ role, content })),
    tools: toolSet(call.tools),
    output: Output.object({ schema: call.output, name: 'answer' }),
    stopWhen: [stepCountIs(call.maxSteps), () => meter.outputTokens >= call.maxOutputTokens],
    // The last step has to answer.
    prepareStep: ({ stepNumber }) => ({
      maxOutputTokens: left(),
      ...(stepNumber >= call.maxSteps - 1 ? { toolChoice: 'none' as const } : {}),
    }),
    maxRetries: 0,
    abortSignal: call.signal,
    onError: ({ error }) => {
      broken.push(error)
    },
    onStepFinish: ({ usage }) => meter.reported(usage),
  })
  try {
    let text = ''
    for await (const part of result.fullStream) {
      if (part.type === 'start-step') text = ''
      if (part.type === 'tool-input-delta') meter.receiving(part.delta)
      if (part.type !== 'text-delta') continue
      meter.receiving(part.text)
      text += part.text
      const { value } = await parsePartialJson(text)
      if (value !== undefined) call.onPartial(value)
    }
    return { output: await result.output, text }
  } catch (error) {
    throw broken[0] ?? error
  }
}

const toolSet = (tools: ModelCall<unknown>['tools']): ToolSet =>
  Object.fromEntries(
    Object.entries(tools).map(([name, { description, input, run }]) => [
      name,
      // What the schema has let through is what the tool takes.
      tool({ description, inputSchema: input as z.ZodType<object>, execute: async (given) => run(given as never) }),
    ]),
  )
