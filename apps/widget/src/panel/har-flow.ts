import { fetchAgain } from '@clew/client/fetch-again'
import { nameOfSafeCopy } from '../files/har-file.ts'
import type { CleaningRule } from '../har/cleaning-rule.ts'
import { SanitiseError, type SanitiseProgress } from '../har/protocol.ts'
import { now } from '../platform/clock.ts'
import { hasOpenCapture, type PanelState } from './state.ts'
import type { Store } from './store.ts'

export type HarFlowOptions = {
  store: Store<PanelState>
  frameUrl(): string
  root: ShadowRoot
  /** How the operator has captures cleaned, and how to find out what holds for whoever is here. */
  rule: CleaningRule
  /** The largest safe copy that may be sent. */
  maxCaptureBytes(): number
  /** The person has still to decide about another one. */
  onLeftOut(file: File): void
  /** Puts the safe copy in the outbox. */
  send(file: { name: string; content: Blob }, removed: { kind: string; count: number }[]): Promise<void>
}

export type HarActions = {
  begin(file: File): Promise<void>
  stop(): void
  send(): Promise<void>
  decline(): void
  dismiss(): void
}

const notYet: SanitiseProgress = { stage: 'reading', done: 0, total: 0, removed: 0, share: 0 }

/** From a chosen HAR to the person's decision. Until `send`, nothing of it has left the browser. */
export function createHarFlow({ store, frameUrl, root, rule, ...options }: HarFlowOptions): HarActions {
  let controller = new AbortController()
  const dismiss = () =>
    store.update((state) => {
      const { har: _over, ...rest } = state
      return rest
    })

  return {
    async begin(file) {
      if (hasOpenCapture(store.get())) return options.onLeftOut(file)
      controller.abort()
      const mine = new AbortController()
      controller = mine
      const flow = { file, startedAt: now().toISOString() }
      store.set({ har: { ...flow, step: 'working', progress: notYet } })
      try {
        const { policyFor, sanitise } = await fetchAgain(() => import('../har/sanitise.ts'))
        const policy = await policyFor(rule)
        const result = await sanitise(file, {
          frameUrl: frameUrl(),
          root,
          policy,
          signal: mine.signal,
          onProgress: (progress) => {
            if (!mine.signal.aborted) store.set({ har: { ...flow, step: 'working', progress } })
          },
        })
        if (!mine.signal.aborted) store.set({ har: { ...flow, step: 'decide', result } })
      } catch (error) {
        const code = error instanceof SanitiseError ? error.code : 'har.failed'
        if (!mine.signal.aborted) store.set({ har: { ...flow, step: 'failed', code } })
      }
    },

    stop() {
      controller.abort()
      decline(store)
    },

    async send() {
      const { har } = store.get()
      if (har?.step !== 'decide' || har.result.safe.size > options.maxCaptureBytes()) return
      dismiss()
      await options.send({ name: nameOfSafeCopy(har.file.name), content: har.result.safe }, har.result.report.removed)
    },

    decline: () => decline(store),
    dismiss,
  }
}

const decline = (store: Store<PanelState>) =>
  store.update((state) =>
    state.har === undefined
      ? state
      : { ...state, har: { file: state.har.file, startedAt: state.har.startedAt, step: 'declined' } },
  )
