import { ClewError, type Http } from '@clew/client/http'
import { expect, test } from 'vitest'
import { asking, withProof } from './proof.ts'

const refusal = (code: string) => new ClewError({ code, status: 403 })

/** Refuses until it is let. */
function server(code = 'session.not_fresh') {
  const state = { isProved: false, calls: 0 }
  const request = (async () => {
    state.calls += 1
    if (!state.isProved) throw refusal(code)
    return 'done'
  }) as Http['request']
  return { state, http: withProof({ request } as Http) }
}

const asked = () => expect.poll(() => asking.get()).toBeDefined()

test('what was refused for want of a proof is repeated once it is there', async () => {
  const { state, http } = server()
  const answer = http.request('POST', '/x')
  await asked()
  state.isProved = true
  asking.get()?.proved()
  expect(await answer).toBe('done')
  expect([state.calls, asking.get()]).toEqual([2, undefined])
})

test('whoever gives up hears the refusal', async () => {
  const { state, http } = server()
  const answer = http.request('POST', '/x')
  await asked()
  asking.get()?.gaveUp()
  await expect(answer).rejects.toThrow('session.not_fresh')
  expect(state.calls).toBe(1)
})

test('several that are refused together ask once', async () => {
  const { state, http } = server()
  const answers = [http.request('POST', '/x'), http.request('POST', '/y')]
  await asked()
  const first = asking.get()
  await Promise.resolve()
  expect(asking.get()).toBe(first)
  state.isProved = true
  first?.proved()
  expect(await Promise.all(answers)).toEqual(['done', 'done'])
})

test('any other refusal is passed on at once', async () => {
  const { http } = server('permission.denied')
  await expect(http.request('POST', '/x')).rejects.toThrow('permission.denied')
  expect(asking.get()).toBeUndefined()
})
