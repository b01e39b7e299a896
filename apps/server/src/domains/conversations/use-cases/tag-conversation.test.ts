import { maxTags } from '@clew/contract/conversations'
import type { RealtimeEvent } from '@clew/contract/realtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { talkIn } from '../../../testkit/talk.ts'
import { createWorld, type World } from '../../../testkit/world.ts'

let world: World
let headers: Record<string, string>
beforeAll(async () => {
  world = await createWorld()
  headers = (await world.member(await world.supportTeam(), 'agent', 'Iris Vale')).headers
})
afterAll(() => world.close())

type Method = 'GET' | 'POST' | 'DELETE'
async function call(method: Method, url: string, payload?: object, as = headers) {
  const answer = await world.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: as,
    ...(payload ? { payload } : {}),
  })
  return { status: answer.statusCode, body: answer.json() }
}
const add = (id: string, tag: string) => call('POST', `/conversations/${id}/tags`, { tag })
const remove = (id: string, tag: string) => call('DELETE', `/conversations/${id}/tags/${encodeURIComponent(tag)}`)

test('a flow tags what it was walked in', async () => {
  const { id, walk } = await talkIn(world, 'hello')
  await walk('flow:billing', 'flow:billing:matter:refund', 'flow:billing:refund-account:skip')
  expect((await call('GET', `/conversations/${id}`)).body.tags).toEqual(['billing', 'refund'])
})

test('agents add tags and take them off, once each', async () => {
  const { id } = await talkIn(world, 'hello')
  expect(await add(id, ' Urgent ')).toMatchObject({ status: 200, body: { tags: ['urgent'] } })
  expect((await add(id, 'επείγον')).body).toEqual({ tags: ['urgent', 'επείγον'] })
  await add(id, 'urgent')
  await remove(id, 'urgent')
  expect(await remove(id, 'urgent')).toMatchObject({ status: 200, body: { tags: ['επείγον'] } })
  const events = await world.rows(
    `SELECT payload->'added' AS added, payload->'removed' AS removed FROM events
      WHERE name = 'conversation.tagged' AND payload->>'conversationId' = $1 ORDER BY id`,
    [id],
  )
  expect(events).toEqual([
    { added: ['urgent'], removed: [] },
    { added: ['επείγον'], removed: [] },
    { added: [], removed: ['urgent'] },
  ])
  for (const wrong of ['two words', '', '#hash', 'x'.repeat(41), '-']) expect((await add(id, wrong)).status).toBe(400)
  expect((await add('00000000-0000-7000-8000-000000000000', 'lost')).status).toBe(404)
})

test('a conversation has no more than so many', async () => {
  const { id } = await talkIn(world, 'hello')
  for (let number = 1; number <= maxTags; number += 1) await add(id, `tag-${number}`)
  expect(await add(id, 'one-more')).toMatchObject({ status: 409, body: { code: 'conversation.too_many_tags' } })
  expect((await add(id, 'tag-1')).status).toBe(200)
})

test('a list is of one tag where that is asked, and counts say which are in use', async () => {
  const [one, two] = [await talkIn(world, 'hello'), await talkIn(world, 'hello')]
  await add(one.id, 'quarter-end')
  await add(two.id, 'quarter-end')
  await call('POST', `/conversations/${two.id}/resolve`, {})
  const { body } = await call('GET', '/conversations?view=with_assistant&tag=Quarter-End')
  expect(body.conversations.map(({ id }: { id: string }) => id)).toEqual([one.id])
  expect(body.tags).toEqual({ [one.id]: ['quarter-end'] })
  expect((await call('GET', '/tags')).body.tags).toContainEqual({ tag: 'quarter-end', open: 1 })
})

test('the contact never sees them: not in a snapshot, a list or what is told', async () => {
  const { id, contact } = await talkIn(world, 'hello')
  const before = (await call('GET', `/widget/conversations/${id}`, undefined, contact.headers)).body
  await add(id, 'difficult-customer')
  await world.settle()
  const seen = [
    await call('GET', `/widget/conversations/${id}`, undefined, contact.headers),
    await call('GET', '/widget/conversations', undefined, contact.headers),
    await call('GET', `/widget/events?after=${before.position}`, undefined, contact.headers),
  ]
  for (const { status, body } of seen) {
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toContain('difficult-customer')
  }
  const told: { events: RealtimeEvent[] } = (await call('GET', `/events?after=${before.position}`)).body
  expect(told.events.map(({ change }) => change)).toContainEqual(
    expect.objectContaining({ type: 'tags', tags: ['difficult-customer'] }),
  )
  await expect(
    contact.ctx.transaction(async (tx) => {
      const { listTags } = await import('../repository.tags.ts')
      return listTags(tx, id)
    }),
  ).rejects.toThrow('permission denied')
})
