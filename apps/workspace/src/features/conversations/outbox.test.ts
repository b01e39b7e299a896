import type { Message, SendAgentMessage } from '@clew/contract/conversations'
import { expect, test } from 'vitest'
import { createOutbox, type OutboxItem, type Shelf } from './outbox.ts'

const network = new Error('network')

function world({ kept = [] as OutboxItem[] } = {}) {
  const shelf = new Map(kept.map((item) => [item.clientMessageId, item]))
  const sent: SendAgentMessage[] = []
  const arrived: string[] = []
  const toResolve: string[] = []
  const timers: (() => void)[] = []
  const answers: (() => Promise<Message>)[] = []
  const memory: Shelf = {
    load: () => [...shelf.values()],
    put: (item) => void shelf.set(item.clientMessageId, item),
    drop: (id) => void shelf.delete(id),
  }
  const outbox = createOutbox({
    shelf: memory,
    send(_conversation, input) {
      sent.push(input)
      return answers.shift()?.() ?? Promise.resolve({ clientMessageId: input.clientMessageId } as Message)
    },
    onSent(message, { conversationId, thenResolve }) {
      arrived.push(message.clientMessageId ?? '')
      if (thenResolve) toResolve.push(conversationId)
    },
    isTemporary: (error) => error === network,
    retryAfterMs: () => undefined,
    me: () => 'me',
    setTimer: (run) => void timers.push(run),
  })
  return { outbox, sent, arrived, toResolve, timers, answers, shelf }
}

const item = (id: string, conversationId = 'c1') =>
  ({
    clientMessageId: id,
    conversationId,
    agentId: 'me',
    kind: 'message',
    body: `text ${id}`,
    files: [],
    writtenAt: '2026-11-24T10:00:00.000Z',
  }) as const
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

test('a reply is gone from the outbox once the server has it', async () => {
  const { outbox, arrived, shelf } = world()
  outbox.add(item('1'))
  await settle()
  expect(arrived).toEqual(['1'])
  expect(outbox.items.get()).toEqual([])
  expect(shelf.size).toBe(0)
})

test('without a network replies wait and then go once each, in the order written', async () => {
  const { outbox, answers, arrived, sent, shelf } = world()
  answers.push(() => Promise.reject(network))
  outbox.add(item('1'))
  outbox.add(item('2'))
  await settle()
  expect(outbox.items.get().map(({ state }) => state)).toEqual(['waiting', 'sending'])
  expect(shelf.size).toBe(2)
  expect(sent.map(({ clientMessageId }) => clientMessageId)).toEqual(['1'])

  outbox.flush()
  await settle()
  expect(arrived).toEqual(['1', '2'])
  expect(sent.map(({ clientMessageId }) => clientMessageId)).toEqual(['1', '1', '2'])
})

test('it tries again by itself', async () => {
  const { outbox, answers, timers, arrived } = world()
  answers.push(() => Promise.reject(network))
  outbox.add(item('1'))
  await settle()
  timers.shift()?.()
  await settle()
  expect(arrived).toEqual(['1'])
})

test('what a closed tab left unsent goes with the same id', async () => {
  const { outbox, sent } = world({ kept: [{ ...item('left'), state: 'sending' }] })
  outbox.flush()
  await settle()
  expect(sent.map(({ clientMessageId }) => clientMessageId)).toEqual(['left'])
})

test('a refused reply stays for its author to decide, and holds back no later one', async () => {
  const { outbox, answers, arrived } = world()
  const refusal = new Error('refused')
  answers.push(() => Promise.reject(refusal))
  outbox.add(item('1'))
  outbox.add(item('2'))
  await settle()
  expect(outbox.items.get()).toMatchObject([{ clientMessageId: '1', state: 'failed', failure: refusal }])
  expect(arrived).toEqual(['2'])

  outbox.retry('1')
  await settle()
  expect(arrived).toEqual(['2', '1'])
})

test('a waiting reply can be taken back, one on its way cannot', async () => {
  const { outbox, answers, arrived } = world()
  answers.push(() => Promise.reject(network))
  outbox.add(item('1'))
  expect(outbox.takeBack('1')).toBeUndefined()
  await settle()
  expect(outbox.takeBack('1')).toMatchObject({ body: 'text 1' })
  outbox.flush()
  await settle()
  expect(arrived).toEqual([])
})

test('“send and resolve” resolves only once the reply has arrived', async () => {
  const { outbox, answers, toResolve } = world()
  answers.push(() => Promise.reject(network))
  outbox.add({ ...item('1'), thenResolve: true })
  await settle()
  expect(toResolve).toEqual([])
  outbox.flush()
  await settle()
  expect(toResolve).toEqual(['c1'])
})

test('what another agent left on this machine is not sent', async () => {
  const { outbox, sent } = world({ kept: [{ ...item('theirs'), agentId: 'someone else', state: 'waiting' }] })
  outbox.flush()
  await settle()
  expect(sent).toEqual([])
})

test('one conversation does not wait for another', async () => {
  const { outbox, answers, arrived } = world()
  answers.push(() => new Promise(() => undefined))
  outbox.add(item('1', 'slow'))
  outbox.add(item('2', 'quick'))
  await settle()
  expect(arrived).toEqual(['2'])
})

test('nothing is sent to a conversation that is no more, and nothing of it is kept', async () => {
  const { outbox, answers, sent, shelf, timers } = world()
  answers.push(() => Promise.reject(network))
  outbox.add(item('1'))
  await settle()
  outbox.drop('c1')
  expect(outbox.items.get()).toEqual([])
  expect(shelf.size).toBe(0)
  outbox.add(item('2', 'c2'))
  for (const run of timers.splice(0)) run()
  await settle()
  expect(sent.map(({ clientMessageId }) => clientMessageId)).toEqual(['1', '2'])
})
