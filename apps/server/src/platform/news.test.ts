import { expect, test } from 'vitest'
import { type News, NewsDesk } from './news.ts'

function newDesk() {
  const heard: News[][] = []
  const said: string[] = []
  const desk = new NewsDesk({
    hear: (news) => heard.push([...news]),
    tell: async (payload) => void said.push(payload),
  })
  /** As a commit does it. */
  const commit = (...news: News[]): void => {
    const payload = desk.payloadForCommit(new Set(news))
    if (payload !== undefined) said.push(payload)
    desk.committed(new Set(news), { isTold: payload !== undefined })
  }
  return { desk, heard, said, commit }
}

test('this process hears of each commit at once; of many the others are told with the first and once after', async () => {
  const { heard, said, commit } = newDesk()
  commit('events')
  commit('events')
  commit('jobs')
  commit('events')
  expect(heard).toEqual([['events'], ['events'], ['jobs'], ['events']])
  expect(said).toHaveLength(1)
  await expect.poll(() => said.length).toBe(2)
  expect(said[0]).toMatch(/^events @/)
  expect(said[1]).toMatch(/^events jobs @/)
})

test('what the others have not been told is told before the process stops', async () => {
  const { desk, said, commit } = newDesk()
  commit('events')
  commit('jobs')
  await desk.flush()
  expect(said).toEqual([expect.stringMatching(/^events @/), expect.stringMatching(/^jobs @/)])
  await desk.flush()
  expect(said).toHaveLength(2)
})

test('one process takes no news from itself, and all news from others', () => {
  const one = newDesk()
  const two = newDesk()
  one.commit('events', 'jobs')
  const payload = one.said[0] ?? ''
  expect(one.desk.read(payload)).toBeUndefined()
  expect([...(two.desk.read(payload) ?? [])]).toEqual(expect.arrayContaining(['events', 'jobs']))
  expect(two.desk.read('events')?.has('events')).toBe(true)
})
