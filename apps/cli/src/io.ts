import type { Readable, Writable } from 'node:stream'

/** What the program reads from and writes to; tests bring their own. */
export type Io = {
  stdin: Readable
  stdout: Writable & { isTTY?: boolean; columns?: number }
  stderr: Writable & { isTTY?: boolean }
  env: Readonly<Record<string, string | undefined>>
  /** Stops what is running, as Ctrl+C does. */
  signal?: AbortSignal
}

/**
 * What a script can tell from how the program ended:
 * 0 fine; 1 there were findings, problems or differences that it was told to fail on; 2 called wrongly; 3 an input
 * cannot be read or is no HAR; 4 an output cannot be written; 130 stopped with Ctrl+C.
 */
export const exitCode = { done: 0, found: 1, usage: 2, unreadable: 3, unwritable: 4, stopped: 130 } as const
