import type { ContactApi } from '@clew/client/contact-api'
import { ClewError } from '@clew/client/http'
import { beforeEach, expect, test, vi } from 'vitest'
import { keep } from '../platform/memory.ts'
import { createSession } from './session.ts'

const signed = (name: string) => `header.${name}.signature-of-${name}-0123456789`
const refused = (code: string, status = 401) => new ClewError({ code, status })

function start(identity: string | undefined) {
  const said = { identity }
  const onExpired = vi.fn()
  const proveIdentity = vi.fn(async (given: string) => ({
    token: `token of ${given.split('.')[1]}`,
    contactId: 'c',
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
  }))
  const startSession = vi.fn(async () => ({ token: 'visitor', contactId: 'v' }))
  const api = { proveIdentity, startSession } as unknown as ContactApi
  return {
    said,
    onExpired,
    proveIdentity,
    startSession,
    session: createSession(() => api, { identity: () => said.identity, onExpired }),
  }
}

beforeEach(() => keep.clear())

test('without an identity a session is begun with the first message and no sooner', async () => {
  const { session, startSession } = start(undefined)
  expect(await session.identify()).toBe(false)
  expect(session.token()).toBeUndefined()
  await session.ensure()
  await session.ensure()
  expect([session.token(), startSession.mock.calls.length]).toEqual(['visitor', 1])
})

test('an identity is shown once, in whatever tab, and each new one again', async () => {
  const { session, said, proveIdentity } = start(signed('ann'))
  expect(await Promise.all([session.identify(), session.identify()])).toEqual([true, true])
  expect(await session.identify()).toBe(false)
  const other = start(signed('ann'))
  expect(await other.session.identify()).toBe(false)
  said.identity = signed('bob')
  expect(await session.identify()).toBe(true)
  expect([session.token(), proveIdentity.mock.calls.length]).toEqual(['token of bob', 2])
})

test('a refused identity is told to the host page once, and the person can still write as a visitor', async () => {
  const { session, onExpired, proveIdentity } = start(signed('ann'))
  proveIdentity.mockRejectedValue(refused('identity.signature_invalid'))
  await session.ensure()
  await session.identify()
  expect(onExpired.mock.calls).toEqual([['identity.signature_invalid']])
  expect(session.token()).toBe('visitor')
})

test('after a session has ended nothing is said as a stranger until the host page signs anew', async () => {
  const { session, said, onExpired, startSession } = start(signed('ann'))
  await session.ensure()
  session.drop()
  expect(onExpired).toHaveBeenCalledWith('session.expired')
  await expect(session.ensure()).rejects.toMatchObject({ isTemporary: true })
  said.identity = signed('ann-again')
  await session.ensure()
  expect([session.token(), startSession.mock.calls.length]).toEqual(['token of ann-again', 0])
})
