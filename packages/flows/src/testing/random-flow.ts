import fc from 'fast-check'
import type { Flow } from '../flow.ts'
import { parseFlow } from '../validate.ts'

const both = (text: string) => ({ en: text, el: text })
const slots = ['environment.device', 'account.plan', 'environment.vpn', 'flow.a', 'flow.b'] as const
const valuesOf: Record<(typeof slots)[number], readonly (string | boolean)[]> = {
  'environment.device': ['desktop', 'phone'],
  'account.plan': ['free', 'team'],
  'environment.vpn': [true, false],
  'flow.a': ['x', 'y'],
  'flow.b': ['z'],
}

type Seed = { kind: number; jumps: number[]; slot: number; back: number; end: number }
const seed: fc.Arbitrary<Seed> = fc.record({
  kind: fc.nat(5),
  jumps: fc.array(fc.nat(20), { minLength: 3, maxLength: 3 }),
  slot: fc.nat(slots.length - 1),
  back: fc.nat(20),
  end: fc.nat(3),
})

/**
 * Flows that are valid by construction: every step leads to the one after it, others lead further on or end, and only a
 * reply to an action may lead back.
 */
export const randomFlow: fc.Arbitrary<Flow> = fc.array(seed, { minLength: 1, maxLength: 14 }).map((seeds) =>
  parseFlow({
    id: 'random',
    version: 1,
    title: both('Random'),
    phrases: { en: [], el: [] },
    steps: [
      ...seeds.map((each, index) => step(each, index, seeds.length)),
      lastStep(seeds.at(-1)?.end ?? 0, seeds.length),
    ],
  }),
)

const idOf = (index: number): string => `s${index}`

function step({ kind, jumps, slot, back }: Seed, index: number, count: number): unknown {
  const base = { id: idOf(index), title: both(`Step ${index}`) }
  const next = idOf(index + 1)
  const [a = next, b = next] = jumps.map((jump) => forward(index, jump, count))
  const name = slots[slot] ?? 'flow.a'
  const [first = 'x', second] = valuesOf[name]
  switch (kind) {
    case 0:
      return { ...base, kind: 'say', say: both('Said'), next }
    case 1:
      return {
        ...base,
        kind: 'do',
        say: both('Do it'),
        next,
        replies: [
          'worked',
          'still-fails',
          { id: 'back', label: both('Back'), outcome: 'not_fixed', next: idOf(back % (index + 1)) },
          { id: 'on', label: both('On'), outcome: 'not_possible', next: a },
        ],
      }
    case 2:
      return {
        ...base,
        kind: 'ask',
        say: both('Which?'),
        slot: name,
        replies: [{ id: 'one', label: both('One'), value: first, next: a }, 'not-sure'],
        next,
      }
    case 3:
      return { ...base, kind: 'check', check: 'incident-open', outcomes: { open: a, none: next, unknown: b } }
    case 4:
      return {
        ...base,
        kind: 'check',
        check: 'slot-known',
        with: { slot: name },
        outcomes: { known: a, unknown: next },
      }
    default:
      return { ...base, kind: 'branch', slot: name, cases: [{ is: second ?? first, next: a }], otherwise: next }
  }
}

function forward(index: number, jump: number, count: number): string {
  const target = index + 1 + jump
  return target <= count ? idOf(target) : jump % 2 === 0 ? 'done' : 'handover'
}

const lastStep = (end: number, index: number): unknown => ({
  id: idOf(index),
  kind: 'end',
  ...[
    { end: 'done' },
    { end: 'answer', say: both('So it is') },
    { end: 'handover', reason: 'fault' },
    { end: 'flow', flow: 'another' },
  ][end],
})
