import type { ContactApi } from '@clew/client/contact-api'
import { keep } from '../platform/memory.ts'

/** The visitor's session: made with the first message, kept under one key, forgotten on `shutdown`. */
export type Session = {
  token(): string | undefined
  /** Has a token afterwards. Called only when something is to be sent. */
  ensure(): Promise<void>
  /** The server no longer takes the token: forgets it. */
  drop(): void
}

export function createSession(api: () => ContactApi): Session {
  return {
    token: () => keep.read('token'),
    async ensure() {
      if (keep.read('token') === undefined) keep.write('token', (await api().startSession()).token)
    },
    drop: () => keep.write('token', undefined),
  }
}
