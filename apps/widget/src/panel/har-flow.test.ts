import { expect, test } from 'vitest'
import { SanitiseError, type SanitiseProgress } from '../har/protocol.ts'
import { createHarFlow } from './har-flow.ts'
import { emptyState, type PanelState } from './state.ts'
import { createStore } from './store.ts'

type Cleaning = { name: string; signal: AbortSignal; progress(removed: number): void; end(how?: Error): void }

/** The flow, and what is being cleaned: the test says how each of it ends. */
function createFlow() {
  const store = createStore<PanelState>(emptyState)
  const cleanings: Cleaning[] = []
  const sent: string[] = []
  const flow = createHarFlow({
    store,
    root: {} as ShadowRoot,
    frameUrl: () => '',
    rule: { operators: () => undefined, isSomebody: async () => false, theirs: async () => undefined as never },
    maxCaptureBytes: () => 1000,
    load: async () => ({
      policyFor: async () => undefined,
      sanitise: (file, { signal, onProgress }) =>
        new Promise((resolve, reject) => {
          cleanings.push({
            name: (file as File).name,
            signal,
            progress: (removed) => onProgress({ removed } as SanitiseProgress),
            end: (how) => (how ? reject(how) : resolve({ safe: new Blob(['{}']), report: { removed: [] } } as never)),
          })
        }),
    }),
    send: async ({ name }) => void sent.push(name),
  })
  const choose = (...names: string[]) => {
    for (const name of names) flow.begin(new File(['{"log":{}}'], name))
  }
  const steps = () => store.get().hars.map(({ file, step }) => `${file.name} ${step}`)
  const idOf = (name: string) => store.get().hars.find(({ file }) => file.name === name)?.id ?? ''
  const end = async (name: string, how?: Error) => {
    await settled()
    cleanings.find((cleaning) => cleaning.name === name)?.end(how)
    await settled()
  }
  return { store, flow, cleanings, sent, choose, steps, idOf, end }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('of several that are chosen at once each is cleaned, one after the other', async () => {
  const { cleanings, choose, steps, end } = createFlow()
  choose('a', 'b', 'c')
  expect(steps()).toEqual(['a working', 'b waiting', 'c waiting'])
  await end('a')
  expect(steps()).toEqual(['a decide', 'b working', 'c waiting'])
  await end('b')
  await end('c')
  expect(steps()).toEqual(['a decide', 'b decide', 'c decide'])
  expect(cleanings.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
})

test('one that cannot be made safe stops no other', async () => {
  const { store, choose, steps, end } = createFlow()
  choose('a', 'b', 'c')
  await end('a', new SanitiseError('har.empty'))
  await end('b', new Error('the worker is gone'))
  await end('c')
  expect(steps()).toEqual(['a failed', 'b failed', 'c decide'])
  expect(store.get().hars).toMatchObject([{ code: 'har.empty' }, { code: 'har.failed' }, {}])
})

test('the one that is worked on can be stopped, and the next begins', async () => {
  const { cleanings, flow, choose, steps, idOf, end } = createFlow()
  choose('a', 'b', 'c')
  await settled()
  flow.stop(idOf('a'))
  expect(cleanings[0]?.signal.aborted).toBe(true)
  expect(steps()).toEqual(['a declined', 'b working', 'c waiting'])
  // What it comes to all the same is nothing any more.
  cleanings[0]?.progress(3)
  await end('a')
  expect(steps()).toEqual(['a declined', 'b working', 'c waiting'])
  await end('b')
  expect(steps()).toEqual(['a declined', 'b decide', 'c working'])
})

test('one that waits can be left out, and the one that is worked on goes on', async () => {
  const { cleanings, flow, choose, steps, idOf, end } = createFlow()
  choose('a', 'b', 'c')
  await settled()
  flow.stop(idOf('b'))
  expect(cleanings[0]?.signal.aborted).toBe(false)
  await end('a')
  await end('c')
  expect(steps()).toEqual(['a decide', 'b declined', 'c decide'])
  expect(cleanings.map(({ name }) => name)).toEqual(['a', 'c'])
})

test('each is sent once and for itself, and keeps its number until all are over', async () => {
  const { flow, sent, choose, steps, idOf, end } = createFlow()
  choose('a', 'b')
  await end('a')
  await Promise.all([flow.send(idOf('a')), flow.send(idOf('a'))])
  await flow.send(idOf('b'))
  expect(sent).toEqual(['a'])
  expect(steps()).toEqual(['a over', 'b working'])
  choose('c')
  expect(steps()).toEqual(['a over', 'b working', 'c waiting'])
  await end('b')
  await end('c')
  flow.decline(idOf('b'))
  await flow.send(idOf('c'))
  expect(sent).toEqual(['a', 'c'])
  choose('d')
  expect(steps()).toEqual(['d working'])
})

test('what was left behind with its conversation is stopped, and comes back nowhere', async () => {
  const { store, cleanings, choose, steps, end } = createFlow()
  choose('a', 'b')
  await settled()
  store.set({ hars: [] })
  cleanings[0]?.progress(1)
  expect(cleanings[0]?.signal.aborted).toBe(true)
  await end('a')
  expect(steps()).toEqual([])
  expect(cleanings).toHaveLength(1)
})
