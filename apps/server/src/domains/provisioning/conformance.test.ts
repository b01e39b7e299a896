import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorld, type World } from '../../testkit/world.ts'
import { bulkChecks, versionChecks } from './testing/checks.bulk.ts'
import { creatingChecks } from './testing/checks.creating.ts'
import { filterChecks } from './testing/checks.filters.ts'
import { listingChecks } from './testing/checks.listing.ts'
import { meChecks } from './testing/checks.me.ts'
import { patchingChecks } from './testing/checks.patching.ts'
import { protocolChecks } from './testing/checks.protocol.ts'
import { readingChecks } from './testing/checks.reading.ts'
import { type Check, plant, type Seed } from './testing/checks.ts'
import { connect } from './testing/client.ts'

/** RFC 7643 and RFC 7644, requirement by requirement, asked of the running server in the words of the protocol. */
let world: World
let seed: Seed

beforeAll(async () => {
  world = await createWorld()
  seed = await plant(await connect(world, { organisationId: await world.organisation() }))
})
afterAll(() => world.close())

const titled = (checks: readonly Check[]) => checks.map((check) => [`RFC ${check.rfc}: ${check.is}`, check] as const)

async function prove(check: Check): Promise<void> {
  const reply = await check.ask(seed)
  expect(reply.status, reply.text).toBe(check.status)
  if (check.body !== undefined) expect(reply.body).toMatchObject(check.body as object)
  if (check.holds !== undefined) expect(check.holds(reply, seed), reply.text).toBe(true)
  // Whatever happens, a body is JSON and never a page.
  expect(reply.headers['content-type'] ?? 'application/scim+json').toMatch(/^application\/(?:scim\+)?json/)
}

const parts = {
  'the protocol': protocolChecks,
  'one resource': readingChecks,
  filters: filterChecks,
  'lists and searches': listingChecks,
  'new and replaced': creatingChecks,
  patches: patchingChecks,
  'ends and versions': versionChecks,
  bulk: bulkChecks,
  me: meChecks,
}

for (const [part, checks] of Object.entries(parts)) {
  describe(part, () => {
    test.each(titled(checks))('%s', (_title, check) => prove(check))
  })
}

test('there are at least 120 of them', () => {
  expect(Object.values(parts).flat().length).toBeGreaterThanOrEqual(120)
})
