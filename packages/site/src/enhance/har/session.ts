import type { EntryDetails, HarValidation } from '@clew/har'
import type {
  CleanCapture,
  CleaningChoice,
  CleaningProgress,
  FailureCode,
  FromWorker,
  Operator,
  ToWorker,
} from './messages.ts'
import { firstChoice, withinOperator } from './operator.ts'

export type Work =
  | { readonly step: 'waiting' }
  | { readonly step: 'working'; readonly progress: CleaningProgress | undefined }
  | { readonly step: 'done'; readonly result: CleanCapture }
  | { readonly step: 'failed'; readonly code: FailureCode; readonly validation: HarValidation | undefined }
  | { readonly step: 'cancelled' }

export interface Job {
  readonly id: number
  readonly file: File
  readonly choice: CleaningChoice
  readonly work: Work
}

export interface SessionState {
  readonly jobs: readonly Job[]
  /** The job whose report is open. */
  readonly shown: number | undefined
  readonly choice: CleaningChoice
}

/** What the session needs of a worker. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>

/** Files in a row, one cleaned at a time, each by a worker of its own that ends with it. */
export class Session {
  readonly operator: Operator
  readonly #startWorker: () => WorkerLike
  readonly #details: DetailReader
  readonly #listeners = new Set<() => void>()
  #state: SessionState
  #running: { id: number; worker: WorkerLike } | undefined
  #lastId = 0

  constructor(startWorker: () => WorkerLike, operator: Operator) {
    this.operator = operator
    this.#state = { jobs: [], shown: undefined, choice: firstChoice(operator) }
    this.#startWorker = startWorker
    this.#details = detailReader(startWorker)
  }

  readonly get = (): SessionState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(files: readonly File[]): void {
    const { choice, jobs } = this.#state
    const added = files.map((file): Job => ({ id: ++this.#lastId, file, choice, work: { step: 'waiting' } }))
    const first = added[0]
    if (first === undefined) return
    this.#set({ jobs: [...jobs, ...added], shown: first.id })
    this.#next()
  }

  show(id: number): void {
    this.#set({ shown: id })
  }

  /** For files to come, and at once for the one that is shown. */
  choose(wished: CleaningChoice): void {
    const choice = withinOperator(wished, this.operator)
    const { shown } = this.#state
    this.#set({
      choice,
      jobs: this.#state.jobs.map((job) => (job.id === shown ? { ...job, choice, work: { step: 'waiting' } } : job)),
    })
    if (this.#running?.id === shown) this.#stop()
    this.#next()
  }

  cancel(id: number): void {
    if (this.#running?.id === id) this.#stop()
    this.#change(id, { step: 'cancelled' })
    this.#next()
  }

  forget(id: number): void {
    if (this.#running?.id === id) this.#stop()
    const jobs = this.#state.jobs.filter((job) => job.id !== id)
    const { shown } = this.#state
    this.#set({ jobs, shown: shown === id ? jobs.at(-1)?.id : shown })
    this.#next()
  }

  startOver(): void {
    this.#stop()
    this.#details.close()
    this.#set({ jobs: [], shown: undefined })
  }

  readDetails(result: CleanCapture, index: number): Promise<EntryDetails | undefined> {
    return this.#details.read(result, index)
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  #change(id: number, work: Work): void {
    this.#set({ jobs: this.#state.jobs.map((job) => (job.id === id ? { ...job, work } : job)) })
  }

  #next(): void {
    const job = this.#state.jobs.find(({ work }) => work.step === 'waiting')
    if (this.#running !== undefined || job === undefined) return
    try {
      this.#begin(job, this.#startWorker())
    } catch {
      this.#end(job.id, { step: 'failed', code: 'worker', validation: undefined })
    }
  }

  #begin({ id, file, choice }: Job, worker: WorkerLike): void {
    this.#running = { id, worker }
    this.#change(id, { step: 'working', progress: undefined })
    let hasSpoken = false
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      hasSpoken = true
      if (this.#running?.worker !== worker) return
      if (data.type === 'progress') this.#change(id, { step: 'working', progress: data.progress })
      if (data.type === 'done') this.#end(id, { step: 'done', result: data.result })
      if (data.type === 'failed') this.#end(id, { step: 'failed', code: data.code, validation: data.validation })
    })
    // A worker that never spoke could not be loaded; one that did has most likely run out of memory.
    worker.addEventListener('error', () => {
      if (this.#running?.worker !== worker) return
      this.#end(id, { step: 'failed', code: hasSpoken ? 'memory' : 'worker', validation: undefined })
    })
    const { rules } = this.operator.sanitising
    worker.postMessage({ type: 'clean', file, choice, rules } satisfies ToWorker)
  }

  #stop(): void {
    this.#running?.worker.terminate()
    this.#running = undefined
  }

  #end(id: number, work: Work): void {
    this.#stop()
    this.#change(id, work)
    this.#next()
  }
}

type DetailReader = ReturnType<typeof detailReader>

/** Reads single entries of clean copies in a worker, so that a large one does not hold the page up. */
function detailReader(startWorker: () => WorkerLike) {
  const asked = new Map<number, (details: EntryDetails | undefined) => void>()
  let worker: WorkerLike | undefined
  let lastId = 0

  function open(): WorkerLike {
    const started = startWorker()
    started.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.type !== 'details') return
      asked.get(data.id)?.(data.details)
      asked.delete(data.id)
    })
    started.addEventListener('error', close)
    return started
  }

  function close(): void {
    worker?.terminate()
    worker = undefined
    for (const answer of asked.values()) answer(undefined)
    asked.clear()
  }

  return {
    close,
    read({ clean, spans }: CleanCapture, index: number): Promise<EntryDetails | undefined> {
      const span = spans[index]
      if (span === undefined) return Promise.resolve(undefined)
      worker ??= open()
      const id = ++lastId
      const answer = new Promise<EntryDetails | undefined>((resolve) => asked.set(id, resolve))
      worker.postMessage({ type: 'details', id, entry: clean.slice(span.start, span.end) } satisfies ToWorker)
      return answer
    },
  }
}
