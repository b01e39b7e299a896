import type { Problem } from '@clew/contract/problem'

/** Why a call failed: a code of the contract, or `network` (no answer came) or `aborted` (the caller gave up). */
export class ClewError extends Error {
  readonly code: string
  readonly status: number
  readonly problem?: Problem
  readonly retryAfterMs?: number

  constructor(failure: { code: string; status: number; problem?: Problem; retryAfterMs?: number; cause?: unknown }) {
    super(failure.problem?.detail ?? failure.code, { cause: failure.cause })
    this.name = 'ClewError'
    this.code = failure.code
    this.status = failure.status
    if (failure.problem !== undefined) this.problem = failure.problem
    if (failure.retryAfterMs !== undefined) this.retryAfterMs = failure.retryAfterMs
  }

  /** Whether the same call may well succeed later without anyone changing it. */
  get isTemporary(): boolean {
    return this.code === 'network' || this.status === 429 || this.status >= 500
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export type CallOptions = {
  query?: Query
  /** Sent as JSON, or as it is when it is a `Blob` or bytes. */
  body?: unknown
  headers?: Readonly<Record<string, string>>
  signal?: AbortSignal
}

export type HttpOptions = {
  /** Where the routes begin, such as `/api/v1` or `https://help.example/api/v1`. */
  baseUrl: string
  credentials: RequestCredentials
  headers?: () => Record<string, string>
  locale: string | (() => string)
  fetch?: typeof fetch
  timeoutMs?: number
}

export type Http = {
  request<T>(method: string, path: string, options?: CallOptions): Promise<T>
  /** The bare answer, for streams; it has no time limit. Throws as `request` does when the status is not 2xx. */
  open(method: string, path: string, options?: CallOptions): Promise<Response>
  url(path: string, query?: Query): string
  headers(): Record<string, string>
  readonly credentials: RequestCredentials
}

export function createHttp(options: HttpOptions): Http {
  const send = options.fetch ?? ((...call: Parameters<typeof fetch>) => fetch(...call))
  const locale = typeof options.locale === 'function' ? options.locale : () => options.locale as string
  const headers = () => ({ accept: 'application/json', 'x-clew-locale': locale(), ...options.headers?.() })
  const url = (path: string, query?: Query) => `${options.baseUrl}${path}${queryString(query)}`

  const open = async (method: string, path: string, call: CallOptions = {}): Promise<Response> => {
    const { body, type } = encodeBody(call.body)
    const init: RequestInit = { method, credentials: options.credentials, cache: 'no-store' }
    init.headers = { ...headers(), ...(type === undefined ? {} : { 'content-type': type }), ...call.headers }
    if (body !== undefined) init.body = body
    if (call.signal !== undefined) init.signal = call.signal

    const response = await send(url(path, call.query), init).catch((cause: unknown) => {
      throw noAnswer(cause, call.signal)
    })
    if (response.ok) return response
    throw await refusal(response)
  }

  const request = <T>(method: string, path: string, call: CallOptions = {}): Promise<T> =>
    withinTime(options.timeoutMs ?? 30_000, call.signal, async (signal) => {
      const response = await open(method, path, { ...call, signal })
      return readBody<T>(response, signal)
    })

  return { request, open, url, headers, credentials: options.credentials }
}

function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function encodeBody(body: unknown): { body?: BodyInit; type?: string } {
  if (body === undefined) return {}
  if (body instanceof Blob) return { body, type: body.type || 'application/octet-stream' }
  if (body instanceof ArrayBuffer) return { body, type: 'application/octet-stream' }
  return { body: JSON.stringify(body), type: 'application/json' }
}

async function readBody<T>(response: Response, signal: AbortSignal): Promise<T> {
  if (response.status === 204) return undefined as T
  // A connection cut in the middle of the body is a network failure, not an answer.
  return response.json().catch((cause: unknown) => {
    throw noAnswer(cause, signal)
  }) as Promise<T>
}

async function withinTime<T>(
  limitMs: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const stop = () => controller.abort(outer?.reason)
  if (outer?.aborted) stop()
  outer?.addEventListener('abort', stop)
  const timer = setTimeout(() => controller.abort(new ClewError({ code: 'network', status: 0 })), limitMs)
  try {
    return await run(controller.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
}

function noAnswer(cause: unknown, signal: AbortSignal | undefined): ClewError {
  if (signal?.aborted && signal.reason instanceof ClewError) return signal.reason
  return new ClewError({ code: signal?.aborted ? 'aborted' : 'network', status: 0, cause })
}

async function refusal(response: Response): Promise<ClewError> {
  const problem = await response.json().then(asProblem, () => undefined)
  const code = problem?.code ?? (response.status >= 500 ? 'internal.error' : `http.${response.status}`)
  const retryAfterMs = retryAfter(response.headers)
  return new ClewError({
    code,
    status: response.status,
    ...(problem === undefined ? {} : { problem }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

const asProblem = (body: unknown): Problem | undefined =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    ? (body as Problem)
    : undefined

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3); a date is measured against the server's own clock. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000
  const waitMs = Date.parse(value) - Date.parse(headers.get('date') ?? '')
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : undefined
}
