import { nameOfSafeCopy } from '../files/har-file.ts'
import type { CleaningRule, policyFor } from '../har/cleaning-rule.ts'
import { SanitiseError, type SanitiseProgress } from '../har/protocol.ts'
import type { sanitise } from '../har/sanitise.ts'
import { now } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { type HarFlow, type HarStep, hasOpenCapture, type PanelState } from './state.ts'
import type { Store } from './store.ts'

export type HarFlowOptions = {
  store: Store<PanelState>
  frameUrl(): string
  root: ShadowRoot
  /** Fetched when there is something to clean. */
  load(): Promise<{ policyFor: typeof policyFor; sanitise: typeof sanitise }>
  /** How the operator has captures cleaned, and how to find out what holds for whoever is here. */
  rule: CleaningRule
  /** The largest safe copy that may be sent. */
  maxCaptureBytes(): number
  /** Puts the safe copy in the outbox. */
  send(file: { name: string; content: Blob }, removed: { kind: string; count: number }[]): Promise<void>
}

export type HarActions = {
  /** Takes its place behind those that were chosen before it. */
  begin(file: File): void
  stop(id: string): void
  send(id: string): Promise<void>
  decline(id: string): void
  dismiss(id: string): void
}

const notYet: SanitiseProgress = { stage: 'reading', done: 0, total: 0, removed: 0, share: 0 }

/**
 * From chosen HARs to the person's decision about each. They are cleaned one after the other, whatever becomes of those
 * before. Until `send`, nothing of one has left the browser.
 */
export function createHarFlow(options: HarFlowOptions): HarActions {
  const { store } = options
  let working: { id: string; controller: AbortController } | undefined
  const find = (id: string) => store.get().hars.find((flow) => flow.id === id)
  const take = (id: string, step: HarStep) =>
    store.update((state) => ({
      ...state,
      hars: state.hars.map((flow) => (flow.id === id ? { ...aboutFile(flow), ...step } : flow)),
    }))
  const decline = (id: string) => take(id, { step: 'declined' })

  const cleanNext = async (): Promise<void> => {
    const flow = store.get().hars.find(({ step }) => step === 'waiting')
    if (flow === undefined || store.get().hars.some(({ step }) => step === 'working')) return
    const { id, file } = flow
    const controller = new AbortController()
    working = { id, controller }
    const tell = (step: HarStep) => {
      // Left behind with the conversation: it is over without a word.
      if (find(id) === undefined) controller.abort()
      if (!controller.signal.aborted) take(id, step)
    }
    tell({ step: 'working', progress: notYet })
    tell(await clean(options, { file, signal: controller.signal, onProgress: tellProgress(tell) }))
    void cleanNext()
  }

  return {
    begin(file) {
      const flow: HarFlow = { id: newId(), file, startedAt: now().toISOString(), step: 'waiting' }
      store.update((state) => ({ ...state, hars: hasOpenCapture(state) ? [...state.hars, flow] : [flow] }))
      void cleanNext()
    },

    stop(id) {
      if (working?.id === id) working.controller.abort()
      decline(id)
      void cleanNext()
    },

    async send(id) {
      const flow = find(id)
      if (flow?.step !== 'decide' || flow.result.safe.size > options.maxCaptureBytes()) return
      take(id, { step: 'over' })
      await options.send(
        { name: nameOfSafeCopy(flow.file.name), content: flow.result.safe },
        flow.result.report.removed,
      )
    },

    decline,
    dismiss: (id) => take(id, { step: 'over' }),
  }
}

const aboutFile = ({ id, file, startedAt }: HarFlow) => ({ id, file, startedAt })

const tellProgress = (tell: (step: HarStep) => void) => (progress: SanitiseProgress) =>
  tell({ step: 'working', progress })

type Cleaning = { file: File; signal: AbortSignal; onProgress(progress: SanitiseProgress): void }

/** Where it ended: with a safe copy, or with why there is none. */
async function clean({ load, rule, frameUrl, root }: HarFlowOptions, { file, ...rest }: Cleaning): Promise<HarStep> {
  try {
    const { policyFor, sanitise } = await load()
    const policy = await policyFor(rule)
    return { step: 'decide', result: await sanitise(file, { frameUrl: frameUrl(), root, policy, ...rest }) }
  } catch (error) {
    return { step: 'failed', code: error instanceof SanitiseError ? error.code : 'har.failed' }
  }
}
