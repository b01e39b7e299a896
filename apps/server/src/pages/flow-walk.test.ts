import { type Flow, flowLibrary } from '@clew/flows'
import { expect, test } from 'vitest'
import { flowWalk } from './flow-walk.ts'

const both = (text: string) => ({ en: text, el: `${text} (el)` })
const printer: Flow = {
  id: 'printer',
  version: 3,
  title: both('Printer'),
  phrases: { en: [], el: [] },
  placeholders: ['brand'],
  steps: [
    { id: 'look', kind: 'check', check: 'incident-open', outcomes: { open: 'plug', none: 'plug', unknown: 'plug' } },
    {
      id: 'plug',
      kind: 'do',
      title: both('Plug it in'),
      say: both('Ask {brand}.'),
      minutes: 2,
      next: 'model',
      replies: ['worked', 'still-fails'],
    },
    { id: 'model', kind: 'ask', title: both('Which?'), say: both('Say it.'), slot: 'flow.model', next: 'on' },
    { id: 'on', kind: 'end', end: 'flow', flow: 'paper' },
  ],
}
const paper: Flow = {
  id: 'paper',
  version: 1,
  title: both('Paper'),
  phrases: { en: [], el: [] },
  steps: [
    {
      id: 'fill',
      kind: 'do',
      title: both('Fill it'),
      say: both('Up.'),
      next: 'bye',
      replies: ['worked', 'still-fails'],
    },
    { id: 'bye', kind: 'end', end: 'handover', say: both('A person looks.') },
  ],
}
const library = flowLibrary([printer, paper], { older: [{ ...printer, version: 2 }] })

const at = (walk?: string, flowId = 'printer') =>
  flowWalk({
    flows: library,
    flowId,
    walk,
    locale: 'en',
    values: { brand: 'Kyma' },
    path: '/en/articles/printers',
    at: '2026-11-24T08:00:00.000Z',
  })

test('is offered where the article has a flow that is live, and nowhere else', async () => {
  expect(await at()).toMatchObject({ state: 'offered', startHref: '/en/articles/printers?walk=3#walk', said: [] })
  expect(await at(undefined, 'gone')).toBeUndefined()
})

test('shows one step, with a link for each answer', async () => {
  expect(await at('3')).toMatchObject({
    state: 'walking',
    said: [{ title: 'Plug it in', text: 'Ask Kyma.' }],
    minutes: 2,
    replies: [
      { label: 'That worked', href: '/en/articles/printers?walk=3.worked#walk' },
      { label: 'Still fails', href: '/en/articles/printers?walk=3.still-fails#walk' },
    ],
  })
})

test('a question without buttons can be passed over, and a flow leads over into another', async () => {
  expect(await at('3.still-fails')).toMatchObject({
    said: [{ title: 'Which?' }],
    replies: [],
    skipHref: '/en/articles/printers?walk=3.still-fails.~#walk',
    backHref: '/en/articles/printers?walk=3#walk',
  })
  expect(await at('3.still-fails.~')).toMatchObject({ said: [{ title: 'Fill it' }] })
  expect(await at('3.still-fails.~.still-fails')).toMatchObject({
    state: 'handover',
    said: [{ text: 'A person looks.' }],
  })
  expect(await at('3.worked')).toMatchObject({ state: 'done' })
})

test('goes on with the version that it began with, and begins again where that is gone', async () => {
  expect((await at('2.still-fails'))?.backHref).toBe('/en/articles/printers?walk=2#walk')
  expect(await at('1.still-fails')).toMatchObject({
    said: [{ title: 'Plug it in' }],
    startHref: expect.stringContaining('walk=3'),
  })
})

test('what makes no sense is left out, however long it is', async () => {
  expect(await at('3.nonsense.worked')).toMatchObject({ state: 'walking', said: [{ title: 'Plug it in' }] })
  expect(await at('')).toMatchObject({ state: 'walking' })
  expect(await at(`3${'.still-fails'.repeat(500)}`)).toMatchObject({ said: [{ title: 'Which?' }] })
})
