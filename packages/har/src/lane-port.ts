/** A thread as the platform gives it: a Worker in the browser, a worker thread in Node. */
export interface LanePort {
  /** The buffers in `moved` belong to the other side from then on. */
  post(message: unknown, moved: ArrayBuffer[]): void
  listen(hear: (message: unknown) => void, fail: (error: Error) => void): void
  close(): void
}
