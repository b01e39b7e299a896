import type { Ctx } from '../../platform/ctx.ts'
import type { Log } from '../../platform/log.ts'
import { listEnded } from './use-cases/end-streams.ts'

export type StreamParts = {
  newCtx(job: string): Ctx
  log: Log
  streams: { openSessions(): string[]; endSessions(ids: readonly string[]): void }
}

const everyMs = 2_000

/**
 * Ends the streams of this process whose session has ended, by whatever: signed out, revoked, expired, its member
 * stopped. Asked for every two seconds, so that they are closed within five.
 */
export function streamGuard({ newCtx, log, streams }: StreamParts) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const ids = streams.openSessions()
    if (ids.length > 0) streams.endSessions(await listEnded(newCtx('sign-in'), ids))
  }
  const next = (): void => {
    timer = setTimeout(() => {
      running = look()
        .catch((error: unknown) => log.warn({ err: error }, 'could not look after the sessions of open streams'))
        .finally(() => timer !== undefined && next())
    }, everyMs)
    timer.unref()
  }
  return {
    start: next,
    stop: async (): Promise<void> => {
      clearTimeout(timer)
      timer = undefined
      await running
    },
  }
}
