import { APICallError, NoObjectGeneratedError, NoOutputGeneratedError, RetryError } from 'ai'
import type { ModelFailure } from './types.ts'

export type Failed = { failure: ModelFailure; status?: number }

/** What went wrong, in one word that says what to do about it. */
export function failureOf(error: unknown, signal: AbortSignal): Failed {
  if (signal.aborted || hasName(error, 'AbortError', 'TimeoutError')) return { failure: 'timeout' }
  if (RetryError.isInstance(error)) return failureOf(error.lastError, signal)
  if (NoObjectGeneratedError.isInstance(error)) return { failure: failureOfEnd(error.finishReason) }
  if (NoOutputGeneratedError.isInstance(error) || hasName(error, 'AI_ToolChoiceViolationError'))
    return { failure: 'tool_loop' }
  if (APICallError.isInstance(error) && error.statusCode !== undefined && error.statusCode !== 200)
    return { failure: failureOfStatus(error.statusCode), status: error.statusCode }
  return { failure: failureOfCodes(codesIn(error)) }
}

function failureOfEnd(reason: string | undefined): ModelFailure {
  if (reason === 'tool-calls') return 'tool_loop'
  return reason === 'length' ? 'too_long' : 'not_understood'
}

function failureOfStatus(status: number): ModelFailure {
  if (status === 401 || status === 403) return 'key'
  if (status === 404) return 'model'
  if (status === 429) return 'limit'
  return status >= 500 ? 'server' : 'refused'
}

function failureOfCodes(codes: readonly string[]): ModelFailure {
  if (codes.includes('EFORBIDDEN')) return 'address'
  if (codes.some((code) => code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE'))
    return 'cut'
  return codes.some((code) => /^E[A-Z]+$|^ERR_TLS|CERT/.test(code)) ? 'unreachable' : 'not_understood'
}

/** The codes of an error and of all that caused it. */
function codesIn(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return [...(typeof code === 'string' ? [code] : []), ...codesIn(cause, depth + 1)]
}

const hasName = (error: unknown, ...names: string[]): boolean => error instanceof Error && names.includes(error.name)
