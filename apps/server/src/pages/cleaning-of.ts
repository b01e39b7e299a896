import type { HarPageView } from '@clew/site'
import type { FastifyRequest } from 'fastify'
import { myToken } from './my-cookie.ts'
import type { Shell } from './shell.ts'

/** How recordings of whoever looks are cleaned, and whether that is so for everybody. */
export type Cleaning = { view: HarPageView; isForAll: boolean }

/** Somebody who is signed in at "my cases" goes by what their organisation demands, where that is more. */
export async function cleaningOf({ parts }: Shell, request: FastifyRequest): Promise<Cleaning> {
  const { sanitising, maxCaptureBytes } = parts.config
  const token = myToken(request)
  const isAsked = token !== undefined && sanitising.policy !== 'strict'
  // The page works without a database too. Nothing is kept then that somebody's organisation might forbid.
  const demandedBy = isAsked ? await parts.my.cleaningDemandedBy(token).catch(() => 'unknown' as const) : undefined
  if (demandedBy === undefined) return { view: { sanitising, maxCaptureBytes }, isForAll: true }
  return { view: { sanitising: { ...sanitising, policy: 'strict' }, maxCaptureBytes, demandedBy }, isForAll: false }
}
