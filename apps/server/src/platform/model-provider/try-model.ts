import type { ModelTest } from '@clew/contract/settings'
import { z } from 'zod'
import { monotonicMs } from '../clock.ts'
import { askModel } from './ask-model.ts'
import { type ModelEndpoint, type ModelFailure, modelTool } from './types.ts'

const Answer = z.object({ answer: z.string() })
const tokens = 200

/**
 * One real call with one small question, made as the assistant makes its own: streamed, with a tool at hand, and in a
 * form that is asked for. A model that cannot do that is found out here and not by the first contact.
 */
export async function tryModel(endpoint: ModelEndpoint & { timeBudgetMs: number }): Promise<ModelTest> {
  const began = monotonicMs()
  const result = await askModel({
    endpoint,
    system: 'Reply with one JSON object: {"answer": "…"}. Use no tool.',
    messages: [{ role: 'user', content: 'Answer with the one word: ready' }],
    tools: { look: modelTool({ description: 'Looks up nothing.', input: z.object({}), run: () => 'Nothing.' }) },
    output: Answer,
    maxSteps: 2,
    maxOutputTokens: tokens,
    signal: AbortSignal.timeout(endpoint.timeBudgetMs),
    onPartial: () => undefined,
  })
  const latencyMs = Math.round(monotonicMs() - began)
  if (result.failure === undefined) return { ok: true, latencyMs, answer: result.output.answer.trim().slice(0, 200) }
  const { failure, status } = result
  const problem = { ok: false, latencyMs, error: problems[failure] }
  return status === undefined ? problem : { ...problem, status }
}

const problems: Record<ModelFailure, NonNullable<ModelTest['error']>> = {
  address: 'address',
  unreachable: 'unreachable',
  timeout: 'timeout',
  key: 'key',
  model: 'model',
  limit: 'limit',
  refused: 'refused',
  server: 'refused',
  cut: 'unreachable',
  not_understood: 'not_understood',
  too_long: 'not_understood',
  tool_loop: 'not_understood',
}
