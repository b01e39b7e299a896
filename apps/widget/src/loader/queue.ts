export type Call = readonly [verb: string, ...args: unknown[]]
export type ClewFunction = ((verb: string, ...args: unknown[]) => unknown) & {
  q?: ArrayLike<unknown>[]
  push?: (call: ArrayLike<unknown>) => unknown
}

/**
 * The calls a page made before we were there. Both stubs in use are read: a function that collects its arguments in
 * `q`, and a plain array of argument lists.
 */
export function takeQueued(stub: unknown): Call[] {
  const queue = Array.isArray(stub) ? stub : typeof stub === 'function' ? (stub as ClewFunction).q : undefined
  return Array.from(queue ?? [])
    .map(toCall)
    .filter((call) => call !== undefined)
}

/** The global that replaces the stub; `push` serves pages that go on treating it as an array. */
export function createGlobal(run: (call: Call) => unknown): ClewFunction {
  const clew: ClewFunction = (...call) => run(call)
  clew.push = (entry) => {
    const call = toCall(entry)
    return call && run(call)
  }
  return clew
}

function toCall(entry: unknown): Call | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const [verb, ...args] = Array.from(entry as ArrayLike<unknown>)
  return typeof verb === 'string' ? [verb, ...args] : undefined
}
