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

/** Which conversation, contact and agent comes next, on an installation of so many. */
type Turns = {
  /** Each contact starts once, as a visitor does. */
  contact(): number
  number(): number
  agent(): number
  conversation(): number
  /** Every twentieth has an agent. */
  withAgent(): number
}

function turnsOf(conversations: number, agents: number): Turns {
  let contacts = 0
  let counted = 0
  const number = (): number => {
    counted += 1
    return counted
  }
  return {
    contact: () => contacts++ % conversations,
    number,
    agent: () => number() % agents,
    conversation: () => (number() * 7919) % conversations,
    withAgent: () => ((number() * 7919) % Math.floor(conversations / 20)) * 20 + 19,
  }
}

export function operationsOf(
  conversations: number,
  agents: number,
): { operations: Record<Kind, Operation>; nextContact(): number } {
  const turns = turnsOf(conversations, agents)
  const create = creating(turns)
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
    reply: replying(turns),
    'list 50 open': {
      run: (client) => read(client, '/api/v1/conversations?view=open&limit=50', turns.agent()),
      baseline: (database) => listSql(database, turns.agent()),
    },
    read: {
      run: (client) =>
        read(client, `/api/v1/conversations/${idOf('conversation', turns.conversation())}`, turns.agent()),
      baseline: (database) => readSql(database, turns.conversation()),
    },
  }
  return { operations, nextContact: turns.contact }
}

async function read(client: SocketClient, path: string, agent: number): Promise<number> {
  return expectStatus(await client.send({ path, headers: asAgent(agent) }), 200).ms
}

const creating = (turns: Turns): Operation => ({
  run: async (client) => {
    const contact = turns.contact()
    const request = { headers: asContact(contact), body: startBody(contact) }
    return expectStatus(await client.send({ method: 'POST', path: '/api/v1/widget/conversations', ...request }), 201).ms
  },
  baseline: (database) => createSql(database, turns.number()),
})

const replying = (turns: Turns): Operation => ({
  run: async (client) => {
    const answer = await client.send({
      method: 'POST',
      path: `/api/v1/conversations/${idOf('conversation', turns.withAgent())}/messages`,
      headers: asAgent(turns.agent()),
      body: {
        kind: 'message',
        clientMessageId: clientId(3, turns.number()),
        body: 'Thank you, I see where it stops. Could you try again with the smaller file?',
      },
    })
    return expectStatus(answer, 201).ms
  },
  baseline: (database) => replySql(database, { conversation: turns.withAgent(), number: turns.number() }),
})
