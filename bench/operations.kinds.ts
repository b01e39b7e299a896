import type pg from 'pg'
import { agentToken, clientId, contactToken, idOf } from './harness/seed.ts'
import { expectStatus, type SocketClient } from './harness/socket-client.ts'
import { createSql, listSql, readSql, replySql } from './operations.sql.ts'

export type Kind = 'create' | 'create, case and answer' | 'reply' | 'list 50 open' | 'read'

/** One operation as a client does it, and its SQL as a script would send it. */
export type Operation = {
  /** Answers with the milliseconds until the answer. */
  run(client: SocketClient): Promise<number>
  baseline(database: pg.Client): Promise<void>
  before?(database: pg.Client): Promise<void>
  after?(database: pg.Client, client: SocketClient): Promise<void>
  /** Subscribers that do not work meanwhile. */
  held?: readonly string[]
}

export const asAgent = (agent: number): Record<string, string> => ({
  cookie: `__Host-clew_session=${agentToken(agent)}`,
})
export const asContact = (contact: number): Record<string, string> => ({
  authorization: `Bearer ${contactToken(contact)}`,
})

export const startBody = (number: number) => ({
  clientConversationId: clientId(1, number),
  clientMessageId: clientId(2, number),
  body: `My upload of report-${number}.pdf stops at ${number % 100} % and then an error is shown. What can I do?`,
  locale: 'en',
})

/** The server looks at them again in an hour, or when this is taken back. */
const reacting = ['assistant', 'cases']
const hold = async (database: pg.Client): Promise<void> => {
  await database.query(`UPDATE subscriber_places SET retry_at = now() + interval '1 hour' WHERE name = ANY ($1)`, [
    reacting,
  ])
}
const letGo = async (database: pg.Client): Promise<void> => {
  await database.query(`UPDATE subscriber_places SET retry_at = NULL WHERE name = ANY ($1)`, [reacting])
}

/** The operations on an installation of so many conversations. Each contact starts once, as a visitor does. */
export function operationsOf(conversations: number, agents: number) {
  let contacts = 0
  const nextContact = () => contacts++ % conversations
  let counted = 0
  const next = () => {
    counted += 1
    return counted
  }
  const anyConversation = () => (next() * 7919) % conversations
  /** Every twentieth has an agent. */
  const withAgent = () => ((next() * 7919) % Math.floor(conversations / 20)) * 20 + 19

  const create: Pick<Operation, 'run' | 'baseline'> = {
    run: async (client) => {
      const contact = nextContact()
      const answer = await client.send({
        method: 'POST',
        path: '/api/v1/widget/conversations',
        headers: asContact(contact),
        body: startBody(contact),
      })
      return expectStatus(answer, 201).ms
    },
    baseline: (database) => createSql(database, next()),
  }
  const operations: Record<Kind, Operation> = {
    create: {
      ...create,
      before: hold,
      after: async (database, client) => {
        await letGo(database)
        // The next event wakes them.
        await create.run(client)
      },
      held: reacting,
    },
    'create, case and answer': create,
    reply: {
      run: async (client) => {
        const number = next()
        const answer = await client.send({
          method: 'POST',
          path: `/api/v1/conversations/${idOf('conversation', withAgent())}/messages`,
          headers: asAgent(number % agents),
          body: {
            kind: 'message',
            clientMessageId: clientId(3, number),
            body: 'Thank you, I see where it stops. Could you try again with the smaller file?',
          },
        })
        return expectStatus(answer, 201).ms
      },
      baseline: (database) => replySql(database, { conversation: withAgent(), number: next() }),
    },
    'list 50 open': {
      run: async (client) => {
        const answer = await client.send({
          path: '/api/v1/conversations?view=open&limit=50',
          headers: asAgent(next() % agents),
        })
        return expectStatus(answer, 200).ms
      },
      baseline: (database) => listSql(database, next() % agents),
    },
    read: {
      run: async (client) => {
        const path = `/api/v1/conversations/${idOf('conversation', anyConversation())}`
        return expectStatus(await client.send({ path, headers: asAgent(next() % agents) }), 200).ms
      },
      baseline: (database) => readSql(database, anyConversation()),
    },
  }
  return { operations, nextContact }
}
