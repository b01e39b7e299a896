import type { UploadState } from '@clew/contract/files'
import { browserEnvironment, type FeedEnvironment } from './feed-environment.ts'
import { ClewError, type Http } from './http.ts'

export type ResumableUpload = {
  /** Chosen by the caller; the same id again is the same upload, and goes on where it was. */
  id: string
  name: string
  content: Blob
  /** A plain file is kept as it is; anything else is a capture, which nobody reads before it was cleaned. */
  kind?: 'file'
  /** Told of what the server has acknowledged: that much is there, whatever happens next. */
  onProgress?(acknowledgedBytes: number, totalBytes: number): void
  signal?: AbortSignal
  /** Milliseconds that only grow: how fast the network is decides how large the pieces are. */
  monotonicMs(): number
  setTimer?: FeedEnvironment['setTimer']
}

const version = { 'tus-resumable': '1.0.0' }
const [smallest, first, largest] = [256 << 10, 1 << 20, 8 << 20]
const wishedMs = 3000
const patienceMs = 90_000
const mostConflicts = 5

/** Begins an upload, or asks how far it is when it was begun before. */
export async function beginUpload(
  http: Http,
  path: string,
  { id, name, sizeBytes, fileType }: { id: string; name: string; sizeBytes: number; fileType?: string | undefined },
): Promise<UploadState> {
  const plain = fileType === undefined ? '' : `,kind ${base64('file')},filetype ${base64(fileType)}`
  const metadata = `filename ${base64(name)},id ${base64(id)}${plain}`
  const headers = { ...version, 'upload-length': String(sizeBytes), 'upload-metadata': metadata }
  return http.request<UploadState>('POST', path, { headers })
}

/**
 * Uploads by tus 1.0, from where the server says that it is. Fails with a `ClewError`; after a temporary one, the same
 * call again goes on. Pieces are as large as go over in a few seconds, so that a cut costs little.
 */
export async function uploadResumably(http: Http, path: string, upload: ResumableUpload): Promise<void> {
  const { content, monotonicMs, signal, setTimer = browserEnvironment.setTimer } = upload
  const fileType = upload.kind === 'file' ? content.type || 'application/octet-stream' : undefined
  const begun = await beginUpload(http, path, { id: upload.id, name: upload.name, sizeBytes: content.size, fileType })
  const place = `${path}/${encodeURIComponent(begun.id)}`
  assertWanted(signal)
  let offset = begun.receivedBytes
  let pieceBytes: number = first
  let conflicts = 0
  upload.onProgress?.(offset, content.size)
  while (offset < content.size) {
    const startedAt = monotonicMs()
    const piece = content.slice(offset, offset + pieceBytes)
    try {
      offset = await sendPiece({ http, place, setTimer, signal }, offset, piece)
      pieceBytes = nextSize(piece.size, monotonicMs() - startedAt)
    } catch (error) {
      // Somebody went on meanwhile, or an answer was lost: the server knows where it is.
      if (!(error instanceof ClewError) || error.code !== 'upload.offset_conflict' || conflicts >= mostConflicts)
        throw error
      conflicts += 1
      offset = (await http.request<UploadState>('GET', place)).receivedBytes
    }
    upload.onProgress?.(offset, content.size)
  }
}

function assertWanted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ClewError({ code: 'aborted', status: 0 })
}

type Sending = {
  http: Http
  place: string
  setTimer: FeedEnvironment['setTimer']
  signal: AbortSignal | undefined
}

/** Answers how far the upload is after it. */
async function sendPiece({ http, place, setTimer, signal }: Sending, offset: number, piece: Blob): Promise<number> {
  const controller = new AbortController()
  const stop = () => controller.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop)
  const stopTimer = setTimer(() => controller.abort(new ClewError({ code: 'network', status: 0 })), patienceMs)
  try {
    const headers = {
      ...version,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    }
    const answer = await http.open('PATCH', place, { body: piece, headers, signal: controller.signal })
    const reached = Number(answer.headers.get('upload-offset') ?? Number.NaN)
    if (!Number.isSafeInteger(reached) || reached <= offset) throw new ClewError({ code: 'network', status: 0 })
    return reached
  } finally {
    stopTimer()
    signal?.removeEventListener('abort', stop)
  }
}

/** What would have taken three seconds, growing and shrinking by no more than half to double. */
function nextSize(bytes: number, tookMs: number): number {
  const fitting = (bytes * wishedMs) / Math.max(1, tookMs)
  return Math.round(Math.min(largest, Math.max(smallest, Math.min(bytes * 2, Math.max(bytes / 2, fitting)))))
}

/** A file may be named with half a character, which has no UTF-8. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
