import type { Clock } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import { type ModelProvider, type OperatorSettings, type SettingsNow, settingsNow } from './model.settings.ts'
import { loadSettings } from './use-cases/load-settings.ts'

const checkEveryMs = 5_000

type Parts = { newCtx: (job: string) => Ctx; clock: Clock; operator: OperatorSettings; seal: TextSeal }

/**
 * Keeps the settings in memory, so that a page costs no question about them. They are read again when an event says so;
 * since that event reaches only one of several processes, the others look every few seconds while somebody asks.
 */
export class SettingsHolder {
  readonly #parts: Parts
  #current: SettingsNow
  #checkedAt = 0
  #check: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#current = settingsNow({ version: '', saved: {}, logo: undefined, savedKey: undefined }, parts.operator)
  }

  get operator(): OperatorSettings {
    return this.#parts.operator
  }

  get seal(): TextSeal {
    return this.#parts.seal
  }

  /** What holds now. Answers at once; a change of another process shows a moment later. */
  current(): SettingsNow {
    if (this.#now() - this.#checkedAt > checkEveryMs && this.#checkedAt > 0) this.#checkInBackground()
    return this.#current
  }

  /** The model that may be asked, with its key, which goes no further than to whoever calls it. */
  modelProvider(): ModelProvider {
    return this.current().model
  }

  /** Reads everything for the first time. */
  open(): Promise<void> {
    return this.refresh(this.#parts.newCtx('settings.open'))
  }

  /** Reads them again if anything has changed. */
  async refresh(ctx: Ctx): Promise<void> {
    this.#current = await loadSettings(ctx, { known: this.#current, ...this.#parts })
    this.#checkedAt = this.#now()
  }

  /** After a change of ours, which is committed: who saves sees it at once. */
  reload(): Promise<void> {
    return this.refresh(this.#parts.newCtx('settings.reload'))
  }

  /** Until a look that is under way has ended. */
  async settled(): Promise<void> {
    await this.#check
  }

  #checkInBackground(): void {
    this.#checkedAt = this.#now()
    // Without a database what is in memory is the best there is; the next look comes in a few seconds.
    this.#check = this.refresh(this.#parts.newCtx('settings.check')).catch(() => undefined)
  }

  #now(): number {
    return this.#parts.clock.now().getTime()
  }
}
