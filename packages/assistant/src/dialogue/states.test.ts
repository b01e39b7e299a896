import { describe, expect, test } from 'vitest'
import { after, happenings, isSilent, states, transitions } from './states.ts'

const speaking = states.filter((state) => !isSilent(state))

describe.each(states)('from %s', (state) => {
  test.each(happenings)('after %s it stands where the table says, else where it stood', (happening) => {
    expect(after(state, happening)).toBe(transitions[state][happening] ?? state)
    expect(states).toContain(after(state, happening))
  })
})

test.each(speaking)('from %s a person is always in reach, and takes over at once', (state) => {
  expect(after(state, 'handed_over')).toBe('handover_queued')
  expect(after(state, 'person_spoke')).toBe('with_human')
})

test.each(['handover_queued', 'with_human'] as const)(
  'in %s nothing that the assistant does changes anything',
  (state) => {
    for (const own of [
      'answered',
      'asked_back',
      'flow_started',
      'question_put',
      'refused',
      'secret_only',
      'solved',
    ] as const)
      expect(after(state, own)).toBe(state)
    expect(after(state, 'called_back')).toBe('triage')
  },
)

test('what was settled can be taken up again', () => {
  expect(after('resolved', 'reopened')).toBe('reopened')
  expect(after('resolved', 'answered')).toBe('confirming')
})

test('every state can be reached from the first', () => {
  const reached = new Set<string>(['greeting'])
  for (let grew = true; grew; ) {
    const before = reached.size
    for (const state of states)
      if (reached.has(state)) for (const next of Object.values(transitions[state])) reached.add(next)
    grew = reached.size > before
  }
  // `answering` is where a flow that has ended hands back.
  expect([...reached].sort()).toEqual([...states].sort())
})

test('a flow that is interrupted by a question is still the place to be', () => {
  expect(after('in_flow', 'answered')).toBe('in_flow')
  expect(after('in_flow', 'secret_only')).toBe('in_flow')
  expect(after('in_flow', 'flow_ended')).toBe('answering')
})
