import type { WrittenFault } from '@clew/assistant'
import type { Actor } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Jobs } from '../../../platform/jobs.ts'
import type { Log } from '../../../platform/log.ts'
import type { Metrics } from '../../../platform/metrics.ts'
import type { AskModel, ModelFailure } from '../../../platform/model-provider/index.ts'
import type { SendSignal } from '../../../platform/realtime.ts'
import type { ModelProvider } from '../../organisations/index.ts'

/** Why the stored words were said and not the model's. */
export type FallbackReason = ModelFailure | 'off' | 'late' | 'day_budget' | 'declined' | 'faults' | 'broken' | 'crashed'

/** The model as the team has set it, with its key. */
export type ModelInUse = Exclude<ModelProvider, { kind: 'off' }>

/** What it takes to let a model put an answer into words. */
export type ComposingParts = {
  /** Undefined while none may be asked. */
  model: () => ModelInUse | undefined
  ask: AskModel
  jobs: Jobs
  signal: SendSignal
  log: Log
  metrics: Pick<Metrics, 'observeModel'>
  actAs: (ctx: Ctx, actor: Actor) => Ctx
  /** Hosts that a link in an answer may lead to. */
  hosts: () => readonly string[]
}

/** How one composed turn went. Names and numbers only. */
export type Account = {
  outcome: 'composed' | 'handed_over' | 'stored'
  reason: FallbackReason | undefined
  faults: readonly WrittenFault[]
  usage: { inputTokens: number; outputTokens: number; calls: number }
  ms: number
}
