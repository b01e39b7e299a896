import { type EntryBatch, Lane, type LaneOptions } from './lane.ts'
import type { LanePort } from './lane-port.ts'
import type { Shelf } from './shelf.ts'

type Calls = Pick<Lane, 'learnField' | 'clean' | 'learnt' | 'prepare' | 'head' | 'finish' | 'report'>

type Asked<Call> = Call extends (...args: infer Args) => infer Result
  ? (...args: Args) => Promise<Awaited<Result>>
  : never

/** A lane, on this thread or on another. */
export type LaneLink = { [Name in keyof Calls]: Asked<Calls[Name]> } & { close(): void }

type Call = { id: number; name: keyof Calls | 'start'; args: readonly unknown[] }
type Answer = { id: number; result?: unknown; error?: string }

/** What a thread does that is a lane: its first call says how entries are cleaned. */
export function serveLane(post: LanePort['post'], makeShelf: () => Shelf | undefined): (message: unknown) => void {
  let lane: Lane | undefined
  const perform = async ({ name, args }: Call): Promise<unknown> => {
    if (name === 'start') {
      lane = new Lane(args[0] as LaneOptions, makeShelf())
      return undefined
    }
    if (lane === undefined) throw new Error('a lane is started first')
    return (lane[name] as (...args: unknown[]) => unknown).apply(lane, [...args])
  }
  return (message) => {
    const call = message as Call
    perform(call).then(
      (result) =>
        post({ id: call.id, result } satisfies Answer, result instanceof Uint8Array ? ownBuffers(result) : []),
      (error: unknown) => post({ id: call.id, error: String(error) } satisfies Answer, []),
    )
  }
}

/** A lane on this thread. */
export function laneHere(options: LaneOptions, shelf: Shelf | undefined): LaneLink {
  const lane = new Lane(options, shelf)
  return {
    learnField: async (...args) => lane.learnField(...args),
    clean: (batch) => lane.clean(batch),
    learnt: async () => lane.learnt(),
    prepare: async (all) => lane.prepare(all),
    head: async () => lane.head(),
    finish: (number, again) => lane.finish(number, again),
    report: async () => lane.report(),
    close: () => lane.close(),
  }
}

/** Nobody else may have a part of what is moved away. */
function ownBuffers({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : []
}

/** Starts a lane on another thread. Rejects when the thread cannot be had. */
export async function linkTo(port: LanePort, options: LaneOptions): Promise<LaneLink> {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let broken: Error | undefined
  let lastId = 0
  const fail = (error: Error): void => {
    broken = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  port.listen((message) => {
    const { id, result, error } = message as Answer
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(result)
    else asked?.reject(new Error(error))
  }, fail)
  const call = <Result>(name: Call['name'], args: readonly unknown[], moved: ArrayBuffer[] = []): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) return reject(broken)
      lastId += 1
      waiting.set(lastId, { resolve: resolve as (result: unknown) => void, reject })
      port.post({ id: lastId, name, args } satisfies Call, moved)
    })
  await call('start', [options])
  return {
    learnField: (...args) => call('learnField', args),
    clean: (batch) => {
      const moved = inOneBuffer(batch)
      return call('clean', [moved.batch], [moved.buffer])
    },
    learnt: () => call('learnt', []),
    prepare: (...args) => call('prepare', args),
    head: () => call('head', []),
    finish: (number, again) => {
      if (again === undefined) return call('finish', [number])
      const moved = inOneBuffer(again)
      return call('finish', [number, moved.batch], [moved.buffer])
    },
    report: () => call('report', []),
    close: () => {
      fail(new Error('the lane is closed'))
      port.close()
    },
  }
}

/** The same batch in memory of its own, which can be moved: what was read may belong to somebody. */
function inOneBuffer(batch: EntryBatch): { batch: EntryBatch; buffer: ArrayBuffer } {
  const length = batch.entries.reduce((sum, part) => sum + ('code' in part ? 0 : part.bytes.length), 0)
  const buffer = new ArrayBuffer(length)
  let at = 0
  const entries = batch.entries.map((part) => {
    if ('code' in part) return part
    const bytes = new Uint8Array(buffer, at, part.bytes.length)
    bytes.set(part.bytes)
    at += bytes.length
    return { bytes, depth: part.depth }
  })
  return { batch: { ...batch, entries }, buffer }
}
