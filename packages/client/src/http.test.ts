import { describe, expect, test, vi } from 'vitest'
import { ClewError, createHttp } from './http.ts'

const httpWith = (fetch: typeof globalThis.fetch, timeoutMs = 1000) =>
  createHttp({
    baseUrl: 'https://help.example/api/v1',
    credentials: 'omit',
    headers: () => ({ authorization: 'Bearer token' }),
    locale: () => 'el',
    fetch,
    timeoutMs,
  })

const failure = (promise: Promise<unknown>): Promise<ClewError> =>
  promise.then(
    () => expect.unreachable('should have failed'),
    (error: unknown) => (error instanceof ClewError ? error : expect.unreachable(String(error))),
  )

describe('http', () => {
  test('sends JSON with the session and the language, and reads JSON back', async () => {
    const fetch = vi.fn(async () => Response.json({ ok: 1 }, { status: 201 }))
    const answer = await httpWith(fetch).request('POST', '/x', { body: { a: 1 }, query: { q: 'a b', none: undefined } })
    expect(answer).toEqual({ ok: 1 })
    const [address, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
    expect(address).toBe('https://help.example/api/v1/x?q=a+b')
    expect(init.headers).toMatchObject({
      'x-clew-locale': 'el',
      authorization: 'Bearer token',
      'content-type': 'application/json',
    })
    expect(init.body).toBe('{"a":1}')
  })

  test('sends bytes as they are', async () => {
    const fetch = vi.fn(async () => new Response(null, { status: 204 }))
    const body = new Blob(['x'], { type: 'image/png' })
    await expect(httpWith(fetch).request('POST', '/files', { body })).resolves.toBeUndefined()
    const [, init] = fetch.mock.calls[0] as unknown as [string, RequestInit]
    expect(init.body).toBe(body)
    expect(init.headers).toMatchObject({ 'content-type': 'image/png' })
  })

  test('turns a problem into an error with its code and sentence', async () => {
    const problem = { code: 'conversation.not_found', detail: 'Δεν βρήκαμε αυτή τη συνομιλία.', status: 404 }
    const error = await failure(httpWith(async () => Response.json(problem, { status: 404 })).request('GET', '/x'))
    expect(error).toMatchObject({
      code: 'conversation.not_found',
      status: 404,
      message: problem.detail,
      isTemporary: false,
    })
  })

  test.each([
    [502, '<html>Bad gateway</html>', 'internal.error', true],
    [404, '', 'http.404', false],
    [400, '[1]', 'http.400', false],
    [418, '{"code": 7}', 'http.418', false],
  ])('a %i that is no problem document gets a code of its own', async (status, body, code, isTemporary) => {
    const error = await failure(httpWith(async () => new Response(body, { status })).request('GET', '/x'))
    expect(error).toMatchObject({ code, status, isTemporary })
  })

  test('reads Retry-After in seconds and as a date', async () => {
    const answer = (headers: Record<string, string>) => async () => new Response('{}', { status: 429, headers })
    const seconds = await failure(httpWith(answer({ 'retry-after': '7' })).request('GET', '/x'))
    expect(seconds.retryAfterMs).toBe(7000)
    const dates = { 'retry-after': 'Tue, 24 Nov 2026 10:00:05 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' }
    expect((await failure(httpWith(answer(dates)).request('GET', '/x'))).retryAfterMs).toBe(5000)
    expect(
      (await failure(httpWith(answer({ 'retry-after': 'soon' })).request('GET', '/x'))).retryAfterMs,
    ).toBeUndefined()
  })

  test('calls it the network when no answer comes, when it is cut, and when it takes too long', async () => {
    const refused = httpWith(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(await failure(refused.request('GET', '/x'))).toMatchObject({ code: 'network', isTemporary: true })

    const cut = httpWith(async () => new Response('{"ok":', { status: 200 }))
    expect((await failure(cut.request('GET', '/x'))).code).toBe('network')

    const slow = httpWith(hanging, 20)
    expect((await failure(slow.request('GET', '/x'))).code).toBe('network')
  })

  test('tells giving up from failing', async () => {
    const http = httpWith(hanging)
    const controller = new AbortController()
    const pending = failure(http.request('GET', '/x', { signal: controller.signal }))
    controller.abort()
    expect((await pending).code).toBe('aborted')
    expect((await failure(http.request('GET', '/x', { signal: AbortSignal.abort() }))).code).toBe('aborted')
  })
})

/** A server that never answers; like the real fetch it ends when the signal says so. */
const hanging: typeof fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    if (init?.signal?.aborted) reject(init.signal.reason)
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })
