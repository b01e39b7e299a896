import type { ContactApi } from '@clew/client/contact-api'
import { browserEnvironment } from '@clew/client/feed-environment'
import { fetchAgain } from '@clew/client/fetch-again'
import { monotonicMs, now } from '../platform/clock.ts'
import type { PlainFile } from '../uploads/upload-store.ts'
import type { Uploader } from '../uploads/uploader.ts'
import type { Sending } from './sending.ts'
import type { Session } from './session.ts'
import type { PanelState } from './state.ts'
import type { Store } from './store.ts'

export type UploadsOptions = {
  api: ContactApi
  session: Session
  sending: Sending
  store: Store<PanelState>
  tellTabs(): void
}

/** The large files of this device at work. Opened when there is one, or may be one, and not before. */
export class Uploads {
  /** There is, or was, a large file in this visit. */
  isWanted = false
  private readonly options: UploadsOptions
  private readonly stopListening: () => void
  private opening: Promise<Uploader> | undefined

  constructor(options: UploadsOptions) {
    this.options = options
    this.stopListening = browserEnvironment.onWake(() => {
      if (this.isWanted) void this.wake()
    })
  }

  async add(id: string, file: { name: string; content: Blob; plain?: PlainFile }): Promise<void> {
    await (await this.open()).add({ id, ...file, isPaused: false, addedAt: now().toISOString() })
  }

  /** Never fails: what could not be loaded now is loaded when the network or the person comes back. */
  async wake(): Promise<void> {
    this.isWanted = true
    await this.open().then(
      (uploader) => uploader.wake(),
      () => undefined,
    )
  }

  async pause(id: string): Promise<void> {
    await (await this.open()).pause(id)
    this.options.tellTabs()
  }

  async resume(id: string): Promise<void> {
    await (await this.open()).resume(id)
    this.options.tellTabs()
  }

  async cancel(id: string): Promise<void> {
    await (await this.open()).cancel(id)
    this.options.tellTabs()
  }

  async close(forget: boolean): Promise<void> {
    this.stopListening()
    if (forget) await (await this.open()).close(true)
    else await (await this.opening)?.close(false)
  }

  private open(): Promise<Uploader> {
    this.isWanted = true
    this.opening ??= this.make().catch((error: unknown) => {
      this.opening = undefined
      throw error
    })
    return this.opening
  }

  private async make(): Promise<Uploader> {
    const { api, session, sending, store } = this.options
    const { uploads, lockFor } = await sending.uploadDoor()
    const { Uploader } = await fetchAgain(() => import('../uploads/uploader.ts'))
    return new Uploader({
      store: uploads,
      lockFor,
      send: api.uploadResumably,
      end: api.endUpload,
      onPlainSent: (file, { conversation, clientMessageId }) =>
        sending.add(conversation, { kind: 'message', clientMessageId, body: '', files: [], uploaded: [file] }),
      isSignedIn: () => session.token() !== undefined,
      onChange: (progress) => store.set({ uploads: progress }),
      setTimer: browserEnvironment.setTimer,
      monotonicMs,
      random: browserEnvironment.random,
    })
  }
}
