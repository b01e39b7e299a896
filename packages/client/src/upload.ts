import type { StoredFile } from '@clew/contract/files'
import type { Problem } from '@clew/contract/problem'
import { ClewError, type Http } from './http.ts'

export type Upload = {
  /** Chosen by the caller; the same id again is the same file, so a retry is harmless. */
  id: string
  name: string
  content: Blob
  onProgress?(sentBytes: number, totalBytes: number): void
  signal?: AbortSignal
}

/** Uploads a file with progress, which `fetch` cannot report. */
export function uploadFile(http: Http, path: string, upload: Upload): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', http.url(path))
    request.responseType = 'text'
    request.withCredentials = http.credentials === 'include'
    for (const [name, value] of Object.entries(headersOf(http, upload))) request.setRequestHeader(name, value)

    const cancel = () => request.abort()
    const settle = (act: () => void) => () => {
      upload.signal?.removeEventListener('abort', cancel)
      act()
    }
    const fail = (code: string) => settle(() => reject(new ClewError({ code, status: 0 })))
    request.upload.addEventListener('progress', (event) => upload.onProgress?.(event.loaded, event.total))
    request.addEventListener(
      'load',
      settle(() => readAnswer(request, resolve, reject)),
    )
    request.addEventListener('error', fail('network'))
    request.addEventListener('timeout', fail('network'))
    request.addEventListener('abort', fail('aborted'))
    if (upload.signal?.aborted) return fail('aborted')()
    upload.signal?.addEventListener('abort', cancel)
    request.send(upload.content)
  })
}

// A file may be named with half a character, which cannot be percent-encoded.
const loneSurrogate = /\p{Surrogate}/gu

const headersOf = (http: Http, upload: Upload): Record<string, string> => ({
  ...http.headers(),
  'content-type': upload.content.type || 'application/octet-stream',
  'x-clew-file-id': upload.id,
  'x-clew-file-name': encodeURIComponent(upload.name.replace(loneSurrogate, '\uFFFD')),
})

function readAnswer(
  request: XMLHttpRequest,
  resolve: (file: StoredFile) => void,
  reject: (error: ClewError) => void,
): void {
  const body = parse(request.responseText)
  const { status } = request
  if (status >= 200 && status < 300 && isRecord(body)) return resolve(body as unknown as StoredFile)
  const problem = isRecord(body) && typeof body['code'] === 'string' ? (body as unknown as Problem) : undefined
  const seconds = Number(request.getResponseHeader('retry-after') ?? Number.NaN)
  reject(
    new ClewError({
      code: problem?.code ?? codeOf(status),
      status,
      ...(problem === undefined ? {} : { problem }),
      ...(Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {}),
    }),
  )
}

// A proxy in front refuses large bodies with a page of its own.
function codeOf(status: number): string {
  if (status === 413) return 'file.too_large'
  return status >= 500 ? 'internal.error' : `http.${status}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
