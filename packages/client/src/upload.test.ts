import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ClewError, createHttp } from './http.ts'
import { type Upload, uploadFile } from './upload.ts'

/** An `XMLHttpRequest` whose end the test decides. */
class FakeRequest extends EventTarget {
  static last: FakeRequest
  readonly upload = new EventTarget()
  readonly headers: Record<string, string> = {}
  status = 0
  responseText = ''
  retryAfter: string | null = null
  sent: unknown

  constructor() {
    super()
    FakeRequest.last = this
  }

  open() {}
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  getResponseHeader() {
    return this.retryAfter
  }
  send(body: unknown) {
    this.sent = body
  }
  abort() {
    this.dispatchEvent(new Event('abort'))
  }
  answer(status: number, body: string) {
    this.status = status
    this.responseText = body
    this.dispatchEvent(new Event('load'))
  }
}

const http = createHttp({
  baseUrl: '/api/v1',
  credentials: 'omit',
  locale: 'en',
  headers: () => ({ authorization: 'Bearer t' }),
})
const content = new Blob(['hello'], { type: 'text/plain' })
const upload = (more: Partial<Upload> = {}) =>
  uploadFile(http, '/files', { id: 'f1', name: 'αρχείο.txt', content, ...more })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('should have failed'),
    (error: unknown) => (error instanceof ClewError ? error : expect.unreachable(String(error))),
  )

describe('an upload', () => {
  beforeEach(() => vi.stubGlobal('XMLHttpRequest', FakeRequest))
  afterEach(() => vi.unstubAllGlobals())

  test('sends the bytes with the id and the name of the file, in any script', async () => {
    const pending = upload()
    const { headers, sent } = FakeRequest.last
    expect(headers).toMatchObject({ 'x-clew-file-id': 'f1', authorization: 'Bearer t', 'content-type': 'text/plain' })
    expect(decodeURIComponent(headers['x-clew-file-name'] ?? '')).toBe('αρχείο.txt')
    expect(sent).toBe(content)
    FakeRequest.last.answer(201, '{"id":"f1"}')
    await expect(pending).resolves.toEqual({ id: 'f1' })
  })

  test('of a file named with half a character does not throw', async () => {
    const pending = upload({ name: 'a\uD800b' })
    expect(FakeRequest.last.headers['x-clew-file-name']).toBe('a%EF%BF%BDb')
    FakeRequest.last.answer(201, '{"id":"f1"}')
    await pending
  })

  test('tells how far it is', async () => {
    const onProgress = vi.fn()
    void upload({ onProgress })
    FakeRequest.last.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 3, total: 5 }))
    expect(onProgress).toHaveBeenCalledWith(3, 5)
  })

  test('can be cancelled before and during', async () => {
    const controller = new AbortController()
    const pending = failure(upload({ signal: controller.signal }))
    controller.abort()
    expect((await pending).code).toBe('aborted')
    expect((await failure(upload({ signal: AbortSignal.abort() }))).code).toBe('aborted')
    expect(FakeRequest.last.sent).toBeUndefined()
  })

  test.each([
    [413, '<html>too large</html>', 'file.too_large', false],
    [413, '{"code":"file.too_large","detail":"Too large."}', 'file.too_large', false],
    [503, '', 'internal.error', true],
    [403, 'no', 'http.403', false],
    [200, 'not json', 'http.200', false],
  ])('answered with %i %j fails as %s', async (status, body, code, isTemporary) => {
    const pending = failure(upload())
    FakeRequest.last.answer(status, body)
    expect(await pending).toMatchObject({ code, isTemporary })
  })

  test('waits as long as it is told, and calls a cut connection the network', async () => {
    const limited = failure(upload())
    FakeRequest.last.retryAfter = '9'
    FakeRequest.last.answer(429, '{"code":"rate.limited"}')
    expect(await limited).toMatchObject({ code: 'rate.limited', retryAfterMs: 9000 })

    const cut = failure(upload())
    FakeRequest.last.dispatchEvent(new Event('error'))
    expect((await cut).code).toBe('network')
  })
})
