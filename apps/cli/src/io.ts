import type { Writable } from 'node:stream'

/** What the program writes to and reads its settings from; tests bring their own. */
export type Io = {
  stdout: Writable
  stderr: Writable & { isTTY?: boolean }
  env: Readonly<Record<string, string | undefined>>
  /** Stops what is running, as Ctrl+C does. */
  signal?: AbortSignal
}

/** 0: done. 1: refused, or failed. 2: called wrongly. */
export const exitCode = { done: 0, refused: 1, usage: 2 } as const
