import type { ContactApi } from '@clew/client/contact-api'
import { browserEnvironment } from '@clew/client/feed-environment'
import { monotonicMs, now } from '../platform/clock.ts'
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
  private readonly options: UploadsOptions
  private readonly stopListening: () => void
  private opening: Promise<Uploader> | undefined

  constructor(options: UploadsOptions) {
    this.options = options
    this.stopListening = browserEnvironment.onWake(() => void this.opening?.then((uploader) => uploader.wake()))
  }

  async add(id: string, file: { name: string; content: Blob }): Promise<void> {
    await (await this.open()).add({ id, ...file, isPaused: false, addedAt: now().toISOString() })
  }

  async wake(): Promise<void> {
    await (await this.open()).wake()
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
    this.opening ??= this.make()
    return this.opening
  }

  private async make(): Promise<Uploader> {
    const { api, session, sending, store } = this.options
    const { uploads, lockFor } = await sending.uploadDoor()
    const { Uploader } = await import('../uploads/uploader.ts')
    return new Uploader({
      store: uploads,
      lockFor,
      send: api.uploadResumably,
      end: api.endUpload,
      isSignedIn: () => session.token() !== undefined,
      onChange: (progress) => store.set({ uploads: progress }),
      setTimer: browserEnvironment.setTimer,
      monotonicMs,
      random: browserEnvironment.random,
    })
  }
}
