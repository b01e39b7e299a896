import type { FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { cleaningOf } from './cleaning-of.ts'
import type { Shell } from './shell.ts'

const sanitising = { policy: 'standard' as const, keepBodiesOf: ['api.example'], rules: [] }

const cleaning = (cookies: Record<string, string>, asked: () => Promise<'organisation' | undefined>) =>
  cleaningOf(
    {
      parts: { config: { sanitising, maxCaptureBytes: 1 }, my: { cleaningDemandedBy: asked } },
    } as unknown as Shell,
    { cookies } as unknown as FastifyRequest,
  )

const cookie = { '__Host-clew_my': 'x'.repeat(43) }
const plain = { view: { sanitising, maxCaptureBytes: 1 }, isForAll: true }
const strict = (demandedBy: string) => ({
  view: { sanitising: { ...sanitising, policy: 'strict' }, maxCaptureBytes: 1, demandedBy },
  isForAll: false,
})

test('nobody in particular gets what everybody gets, and nothing is asked', async () => {
  expect(await cleaning({}, () => Promise.reject(new Error('was asked')))).toEqual(plain)
})

test('whoever is signed in gets what their organisation demands', async () => {
  expect(await cleaning(cookie, async () => undefined)).toEqual(plain)
  expect(await cleaning(cookie, async () => 'organisation')).toEqual(strict('organisation'))
})

test('while it cannot be found out, cleaning is strict and says so', async () => {
  expect(await cleaning(cookie, () => Promise.reject(new Error('no database')))).toEqual(strict('unknown'))
})
