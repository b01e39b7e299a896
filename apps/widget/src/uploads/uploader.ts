import { ClewError } from '@clew/client/http'
import type { ResumableUpload } from '@clew/client/resumable'
import type { Lock } from '../platform/lock.ts'
import type { KeptUpload, PlainFile, UploadStore } from './upload-store.ts'

export type UploadProgress = {
  sentBytes: number
  totalBytes: number
  /** Waiting is for the network, or for another tab that is at it. */
  state: 'uploading' | 'waiting' | 'paused' | 'failed'
  /** As it went lately; undefined until that can be said. */
  bytesPerSecond?: number
  code?: string
  /** This browser cannot keep the file: it is gone with the page. */
  isFragile?: true
  /** Of a plain file, which is in no conversation yet. */
  name?: string
}

export type UploaderOptions = {
  store: UploadStore
  lockFor(id: string): Lock
  send(upload: ResumableUpload): Promise<void>
  /** The server has all of a plain file: a message may bring it. Told twice after a crash, with the same ids. */
  onPlainSent(file: { id: string; name: string; sizeBytes: number }, plain: PlainFile): Promise<void>
  /** Ends it on the server. */
  end(id: string): Promise<void>
  /** Nothing is sent before there is a session; whoever begins one wakes us. */
  isSignedIn(): boolean
  onChange(uploads: Readonly<Record<string, UploadProgress>>): void
  setTimer(run: () => void, afterMs: number): () => void
  monotonicMs(): number
  random(): number
}

const firstBackoffMs = 1000
const longestBackoffMs = 30_000

/** Large files on their way, beside the outbox: each goes on by itself, whatever happened to page and network. */
export class Uploader {
  private readonly options: UploaderOptions
  private readonly running = new Map<string, AbortController>()
  private readonly sending = new Map<string, Promise<void>>()
  private readonly again = new Set<string>()
  private readonly timers = new Map<string, () => void>()
  private readonly failures = new Map<string, number>()
  private progress: Readonly<Record<string, UploadProgress>> = {}
  private isClosed = false

  constructor(options: UploaderOptions) {
    this.options = options
  }

  async add(upload: KeptUpload): Promise<void> {
    await this.options.store.put(upload)
    await this.wake()
  }

  /** Goes on with everything that is not paused, and stops what was paused or cancelled in another tab. */
  async wake(): Promise<void> {
    if (this.isClosed) return
    const kept = await this.options.store.list()
    const going = new Set(kept.filter(({ isPaused }) => !isPaused).map(({ id }) => id))
    for (const [id, controller] of this.running) if (!going.has(id)) controller.abort()
    for (const id of Object.keys(this.progress)) if (!kept.some((each) => each.id === id)) this.forget(id)
    for (const upload of kept) {
      if (upload.isPaused) this.tell(upload, { ...this.known(upload), state: 'paused' })
      else if (!this.running.has(upload.id)) void this.run(upload)
    }
  }

  /** Where it has not stopped yet, as soon as it has. */
  private async goOn(id: string): Promise<void> {
    if (this.running.has(id)) this.again.add(id)
    else await this.wake()
  }

  async pause(id: string): Promise<void> {
    await this.setPaused(id, true)
    await this.wake()
  }

  async resume(id: string): Promise<void> {
    this.failures.delete(id)
    await this.setPaused(id, false)
    await this.goOn(id)
  }

  /** The file is not wanted there any more. */
  async cancel(id: string): Promise<void> {
    this.running.get(id)?.abort()
    await this.options.store.remove(id)
    this.forget(id)
    // The server may just be about to begin it: said before that, it would not be heard.
    await this.sending.get(id)?.catch(() => undefined)
    await this.options.end(id).catch(() => undefined)
  }

  async close(forget: boolean): Promise<void> {
    this.isClosed = true
    for (const controller of this.running.values()) controller.abort()
    for (const stop of this.timers.values()) stop()
    if (forget) await this.options.store.clear()
  }

  private async run(upload: KeptUpload): Promise<void> {
    const { id } = upload
    const controller = new AbortController()
    this.running.set(id, controller)
    this.timers.get(id)?.()
    this.tell(upload, { ...this.known(upload), state: 'waiting' })
    let isBegun = false
    const send = () => {
      isBegun = true
      return this.send(upload, controller.signal)
    }
    try {
      await this.options
        .lockFor(id)(send)
        .catch((error: unknown) => {
          if (isBegun) throw error
          // No lock is to be had where storage is broken. The server's count of what it has keeps two tabs apart.
          return send()
        })
    } catch {
      this.tell(upload, { ...this.known(upload), state: 'failed', code: 'storage' })
    } finally {
      this.running.delete(id)
    }
    if (this.again.delete(id)) await this.wake()
  }

  private async send({ id }: KeptUpload, signal: AbortSignal): Promise<void> {
    // Another tab may have been at it until now.
    const upload = await this.options.store.find(id)
    if (upload === undefined) return this.forget(id)
    if (upload.isPaused || signal.aborted || !this.options.isSignedIn()) return
    const sent = this.sendKept(upload, signal)
    this.sending.set(id, sent)
    await sent.finally(() => this.sending.delete(id))
  }

  private async sendKept(upload: KeptUpload, signal: AbortSignal): Promise<void> {
    const { id, name, content, plain } = upload
    const { store, monotonicMs, onPlainSent } = this.options
    try {
      const kind = plain === undefined ? {} : { kind: 'file' as const }
      await this.options.send({
        id,
        name,
        content,
        ...kind,
        signal,
        onProgress: this.meter(upload, signal),
        monotonicMs,
      })
      if (plain !== undefined) await onPlainSent({ id, name, sizeBytes: content.size }, plain)
      await store.remove(id)
      this.forget(id)
    } catch (error) {
      await this.failed(upload, error instanceof ClewError ? error : new ClewError({ code: 'network', status: 0 }))
    }
  }

  private async failed(upload: KeptUpload, error: ClewError): Promise<void> {
    const { id } = upload
    if (error.code === 'aborted') return
    // What is over is told by the timeline; of a plain file nothing else tells.
    if ((error.status === 404 || error.status === 410) && upload.plain === undefined) {
      await this.options.store.remove(id)
      return this.forget(id)
    }
    if (!error.isTemporary) return this.tell(upload, { ...this.known(upload), state: 'failed', code: error.code })
    const times = (this.failures.get(id) ?? 0) + 1
    this.failures.set(id, times)
    this.tell(upload, {
      ...this.known(upload),
      state: 'waiting',
      ...(error.code === 'network' ? {} : { code: error.code }),
    })
    const ceiling = Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(times - 1, 6))
    const waitMs = Math.max(error.retryAfterMs ?? 0, ceiling / 2 + (this.options.random() * ceiling) / 2)
    this.timers.set(
      id,
      this.options.setTimer(() => void this.goOn(id), waitMs),
    )
  }

  /** How far it is, and how fast it went over the last pieces. */
  private meter(upload: KeptUpload, signal: AbortSignal): (sentBytes: number, totalBytes: number) => void {
    let before: { at: number; bytes: number } | undefined
    let speed: number | undefined
    return (sentBytes, totalBytes) => {
      if (signal.aborted) return
      const at = this.options.monotonicMs()
      if (before !== undefined && at > before.at) {
        const lately = ((sentBytes - before.bytes) * 1000) / (at - before.at)
        speed = speed === undefined ? lately : speed * 0.7 + lately * 0.3
        this.failures.delete(upload.id)
      }
      before = { at, bytes: sentBytes }
      const known = speed === undefined ? {} : { bytesPerSecond: speed }
      this.tell(upload, { sentBytes, totalBytes, state: 'uploading', ...known })
    }
  }

  private async setPaused(id: string, isPaused: boolean): Promise<void> {
    const upload = await this.options.store.find(id)
    if (upload !== undefined) await this.options.store.put({ ...upload, isPaused })
  }

  private known({ id, content }: KeptUpload): Pick<UploadProgress, 'sentBytes' | 'totalBytes'> {
    return { sentBytes: this.progress[id]?.sentBytes ?? 0, totalBytes: content.size }
  }

  private tell({ id, name, plain }: KeptUpload, progress: UploadProgress): void {
    const told: UploadProgress = {
      ...progress,
      ...(this.options.store.lasts(id) ? {} : { isFragile: true }),
      ...(plain === undefined ? {} : { name }),
    }
    this.progress = { ...this.progress, [id]: told }
    this.options.onChange(this.progress)
  }

  private forget(id: string): void {
    this.timers.get(id)?.()
    this.failures.delete(id)
    const { [id]: _over, ...rest } = this.progress
    this.progress = rest
    this.options.onChange(rest)
  }
}
