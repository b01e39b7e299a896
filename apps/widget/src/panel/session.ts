import type { ContactApi } from '@clew/client/contact-api'
import { ClewError } from '@clew/client/http'
import { now } from '../platform/clock.ts'
import { keep } from '../platform/memory.ts'

/**
 * The session of whoever is here: a visitor's, made with the first message, or that of the person whom the host page
 * has signed for. Kept under one key, forgotten on `shutdown`.
 */
export type Session = {
  token(): string | undefined
  /** Shows who is there, once for each identity. Answers whether that began another session. */
  identify(): Promise<boolean>
  /** Has a token afterwards. Called only when something is to be sent. */
  ensure(): Promise<void>
  /** The server no longer takes the token: forgets it. */
  drop(): void
}

export type SessionHost = {
  identity(): string | undefined
  /** The host page has to sign anew; `code` says why. */
  onExpired(code: string): void
}

/** So long before its end the host page is asked for another. */
const earlyMs = 30_000

export function createSession(api: () => ContactApi, host: SessionHost): Session {
  let proving: Promise<boolean> | undefined
  let refused = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  async function prove(identity: string): Promise<boolean> {
    try {
      const { token, expiresAt } = await api().proveIdentity(identity)
      keep.write('token', token)
      keep.write('identity', markOf(identity))
      clearTimeout(timer)
      timer = setTimeout(() => host.onExpired('identity.expired'), Date.parse(expiresAt) - now().getTime() - earlyMs)
      return true
    } catch (error) {
      if (!(error instanceof ClewError) || error.isTemporary) return false
      refused = markOf(identity)
      host.onExpired(error.code)
      return false
    }
  }

  async function identify(): Promise<boolean> {
    const identity = host.identity()
    if (identity === undefined || refused === markOf(identity)) return false
    if (keep.read('identity') === markOf(identity)) return false
    proving ??= prove(identity).finally(() => {
      proving = undefined
    })
    return proving
  }

  return {
    token: () => keep.read('token'),
    identify,
    async ensure() {
      await identify()
      if (keep.read('token') !== undefined) return
      // What is said now is theirs: it waits until the host page has signed anew, rather than being a stranger's.
      if (keep.read('identity') !== undefined) throw new ClewError({ code: 'network', status: 0 })
      keep.write('token', (await api().startSession()).token)
    },
    drop() {
      keep.write('token', undefined)
      if (keep.read('identity') !== undefined) host.onExpired('session.expired')
    },
  }
}

/** Tells one identity from another; nothing can be done with it. */
const markOf = (identity: string): string => identity.slice(-16)
