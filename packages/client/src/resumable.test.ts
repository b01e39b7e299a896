import { describe, expect, test } from 'vitest'
import { createHttp } from './http.ts'
import { type ResumableUpload, uploadResumably } from './resumable.ts'

const path = '/widget/uploads'
const id = '0b6f2a52-3b1e-4f55-8a4b-9a3d6c1e7f20'

/** A server that speaks tus, with faults that the test plans. */
function server(
  length: number,
  faults: ((call: { method: string; offset: number }) => Response | Error | undefined)[] = [],
) {
  const stored: Uint8Array[] = []
  const calls: string[] = []
  const received = () => stored.reduce((sum, piece) => sum + piece.length, 0)
  const state = () => ({
    id,
    name: 'a.har',
    state: 'open',
    receivedBytes: received(),
    lengthBytes: length,
    expiresAt: '',
  })
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { method = 'GET', signal } = init ?? {}
    const offset = Number(new Headers(init?.headers).get('upload-offset') ?? -1)
    calls.push(`${method} ${offset}`)
    signal?.throwIfAborted()
    const fault = failing(faults.shift()?.({ method, offset }))
    if (fault) return fault
    return method === 'PATCH' ? take(offset, init) : Response.json(state(), { status: method === 'POST' ? 201 : 200 })
  }
  const take = async (offset: number, init: RequestInit | undefined): Promise<Response> => {
    if (offset !== received()) return problem(409, 'upload.offset_conflict')
    stored.push(new Uint8Array(await new Response(init?.body ?? null).arrayBuffer()))
    return new Response(null, { status: 204, headers: { 'upload-offset': String(received()) } })
  }
  const http = createHttp({
    baseUrl: 'https://help.example/api/v1',
    credentials: 'omit',
    locale: 'en',
    fetch: fetch as typeof globalThis.fetch,
  })
  return { http, stored, calls, received, content: () => Buffer.concat(stored) }
}

function failing(fault: Response | Error | undefined): Response | undefined {
  if (fault instanceof Error) throw fault
  return fault
}

const problem = (status: number, code: string) =>
  Response.json(
    { code, title: code, status, detail: code },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )
const bytes = (length: number) => Uint8Array.from({ length }, (_, n) => n % 251)
type Environment = Pick<ResumableUpload, 'monotonicMs' | 'setTimer'>
const fast: Environment = { monotonicMs: () => 0, setTimer: () => () => undefined }
const upload = (content: Uint8Array<ArrayBuffer>, more: Partial<ResumableUpload> = {}): ResumableUpload => ({
  id,
  name: 'α.har',
  content: new Blob([content]),
  ...fast,
  ...more,
})

describe('a resumable upload', () => {
  test('goes over in pieces that grow while the network is fast', async () => {
    const content = bytes(6_000_000)
    const { http, stored, content: whole } = server(content.length)
    const told: number[] = []
    await uploadResumably(http, path, upload(content, { onProgress: (sent: number) => told.push(sent) }))
    expect(whole().equals(content)).toBe(true)
    expect(stored.map(({ length }) => length)).toEqual([1_048_576, 2_097_152, 2_854_272])
    expect(told).toEqual([0, 1_048_576, 3_145_728, 6_000_000])
  })

  test('sends smaller pieces while the network is slow', async () => {
    const content = bytes(3_000_000)
    const { http, stored } = server(content.length)
    let now = 0
    const slow = { ...fast, monotonicMs: () => (now += 30_000) }
    await uploadResumably(http, path, upload(content, slow))
    expect(stored.map(({ length }) => length).slice(0, 4)).toEqual([1_048_576, 524_288, 262_144, 262_144])
  })

  test('goes on where it was after the network broke, and sends nothing twice that arrived', async () => {
    const content = bytes(5_000_000)
    const faults = [() => undefined, () => undefined, () => new TypeError('network changed')]
    const { http, received, content: whole } = server(content.length, faults)
    await expect(uploadResumably(http, path, upload(content))).rejects.toMatchObject({
      code: 'network',
      isTemporary: true,
    })
    expect(received()).toBe(1_048_576)
    await uploadResumably(http, path, upload(content))
    expect(whole().equals(content)).toBe(true)
  })

  test('asks where it is when the server says that it is elsewhere', async () => {
    const content = bytes(3_000_000)
    const { http, calls, content: whole, stored } = server(content.length)
    const open = http.open
    // The answer to the first piece is lost, but the piece arrived.
    let isFirst = true
    const lossy = {
      ...http,
      open: async (...call: Parameters<typeof open>) => {
        const answer = await open(...call)
        if (!isFirst) return answer
        isFirst = false
        return open(...call)
      },
    }
    await uploadResumably(lossy, path, upload(content))
    expect(calls).toContain('GET -1')
    expect(whole().equals(content)).toBe(true)
    expect(stored.reduce((sum, { length }) => sum + length, 0)).toBe(content.length)
  })

  test('does not ask for ever', async () => {
    const content = bytes(100)
    const faults = [
      () => undefined,
      ...Array.from(
        { length: 40 },
        () =>
          ({ method }: { method: string }) =>
            method === 'PATCH' ? problem(409, 'upload.offset_conflict') : undefined,
      ),
    ]
    const { http } = server(content.length, faults)
    await expect(uploadResumably(http, path, upload(content))).rejects.toMatchObject({
      code: 'upload.offset_conflict',
    })
  })

  test.each([
    [413, 'upload.too_large', false],
    [410, 'upload.ended', false],
    [507, 'upload.no_space', true],
  ])('fails with %i as the server says', async (status, code, isTemporary) => {
    const { http } = server(10, [() => undefined, () => problem(status, code)])
    await expect(uploadResumably(http, path, upload(bytes(10)))).rejects.toMatchObject({ code, isTemporary })
  })

  test('is stopped by its signal', async () => {
    const controller = new AbortController()
    const content = bytes(5_000_000)
    const { http } = server(content.length)
    const onProgress = (sent: number) => {
      if (sent > 0) controller.abort()
    }
    await expect(
      uploadResumably(http, path, upload(content, { signal: controller.signal, onProgress })),
    ).rejects.toMatchObject({ code: 'aborted' })
  })

  test('gives up a piece that does not arrive, so that it can be sent again', async () => {
    const { http } = server(10, [() => undefined])
    const impatient: Environment = {
      ...fast,
      setTimer: (run) => {
        run()
        return () => undefined
      },
    }
    await expect(uploadResumably(http, path, upload(bytes(10), impatient))).rejects.toMatchObject({ code: 'network' })
  })
})
