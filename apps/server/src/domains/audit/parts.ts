import type { Ctx } from '../../platform/ctx.ts'
import type { Jobs } from '../../platform/jobs.ts'
import type { ResolveAll } from '../../platform/outward-address.ts'
import type { TextSeal } from '../../platform/storage/text-seal.ts'
import type { Copies } from './copies.ts'

export type AuditParts = {
  seal: TextSeal
  jobs: Jobs
  /** Where checkpoints are kept a second time. */
  copies: Copies
  /** Signing, checking and streaming reach what no scope of people does. */
  asSystem(ctx: Ctx, job: string): Ctx
  stream: StreamOperator
}

/** What the operator decides about streams, out of reach of the console. */
export type StreamOperator = {
  /** Hosts that may be inside the network, or without encryption. */
  hosts: readonly string[]
  /** How names are looked up; Node's own way when absent. */
  resolve?: ResolveAll
}
