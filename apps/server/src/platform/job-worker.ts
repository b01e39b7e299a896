/** Takes the next job and works on it. Answers whether there was one; never throws. */
export type TakeOne = () => Promise<boolean>

/** Works on one queue: one job after the other while there are any, then waits for a wake-up, or until it is time to look. */
export class JobWorker {
  readonly #takeOne: TakeOne
  readonly #pollMs: number | undefined
  #running: Promise<void> | undefined
  #stopping = false
  #wasWoken = false
  #wakeUp: (() => void) | undefined

  /** Without `pollMs` it looks only when it is woken, the first time too. */
  constructor(takeOne: TakeOne, pollMs?: number) {
    this.#takeOne = takeOne
    this.#pollMs = pollMs
  }

  start(): void {
    this.#running = this.#work()
  }

  wake(): void {
    this.#wasWoken = true
    this.#wakeUp?.()
  }

  /** Until the job that runs has ended. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.wake()
    await this.#running
  }

  async #work(): Promise<void> {
    // Dozens of queues that each look for themselves keep everyone else waiting at the start.
    if (this.#pollMs === undefined) await this.#untilWoken()
    while (!this.#stopping) {
      this.#wasWoken = false
      const found = await this.#takeOne()
      if (!found) await this.#untilWoken()
    }
  }

  async #untilWoken(): Promise<void> {
    // Who was woken while looking may have looked too early.
    if (this.#wasWoken) return
    await new Promise<void>((resolve) => {
      const timer = this.#pollMs === undefined ? undefined : setTimeout(resolve, this.#pollMs)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wakeUp = undefined
  }
}
