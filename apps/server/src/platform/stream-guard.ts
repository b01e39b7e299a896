import type { Ctx } from './ctx.ts'
import type { Log } from './log.ts'
import type { Audience, HeldStream } from './realtime.ts'

/** The streams of this process that are open by the right of a session or a key. */
export type OpenStreams = { held(by: Audience['type']): readonly HeldStream[] }

export type StreamParts = { newCtx(job: string): Ctx; log: Log; streams: OpenStreams }

type Guarding = {
  job: string
  audience: Audience['type']
  everyMs: number
  /** Which of them have lost the right by which they are open. */
  listEnded(ctx: Ctx, held: readonly HeldStream[]): Promise<readonly HeldStream[]>
}

/**
 * Ends the streams of this process whose right has ended, by whatever, on whichever process: signed out, revoked,
 * expired, its member stopped. Asked for every few seconds, so that they are closed within five.
 */
export function streamGuard({ newCtx, log, streams }: StreamParts, { job, audience, everyMs, listEnded }: Guarding) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const look = async (): Promise<void> => {
    const held = streams.held(audience)
    if (held.length === 0) return
    for (const each of await listEnded(newCtx(job), held)) each.close()
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
