import type { ClientBase } from 'pg'
import { clientId, idOf } from './harness/seed.ts'

// The baselines: the least SQL that does the same work, prepared, under the same roles, in one transaction each.

const named = new Map<string, string>()

/** Prepared once for each connection. */
async function query(client: ClientBase, text: string, values: unknown[]): Promise<void> {
  const name = named.get(text) ?? `bench_${named.size}`
  named.set(text, name)
  await client.query({ name, text, values })
}

async function inRole(client: ClientBase, role: string, work: () => Promise<void>): Promise<void> {
  await client.query(`BEGIN; SET LOCAL ROLE ${role}`)
  await work()
  await client.query('COMMIT')
}

const insertMessage = `
  INSERT INTO messages (id, conversation_id, contact_id, seq, kind, internal, author_type, client_message_id, body, created_at)
  VALUES ($1, $2, $3, (SELECT last_seq + 1 FROM conversations WHERE id = $2), 'message', false, $4, $5, $6, now())`
const updateConversation = `
  UPDATE conversations SET last_seq = last_seq + 1, last_message_at = now(), last_message_preview = $2 WHERE id = $1`
const insertEvent = `INSERT INTO events (epoch, name, payload, contact_id, at) VALUES (0, 'bench', $1, $2, now())`
const announce = 'NOTIFY bench'

/** A conversation with its first message, its events, and the announcement. */
export async function createSql(client: ClientBase, number: number): Promise<void> {
  const id = clientId(10, number)
  const contact = idOf('contact', number % 1000)
  const body = `My upload of report-${number}.pdf stops and then an error is shown. What can I do?`
  await inRole(client, `clew_contact; SET LOCAL clew.contact_id = '${contact}'`, async () => {
    await query(
      client,
      `INSERT INTO conversations (id, contact_id, client_conversation_id, request_hash, locale, subject, status, handling,
         last_message_at, created_at) VALUES ($1, $2, $3, $4, 'en', $5, 'open', 'assistant', now(), now())`,
      [id, contact, clientId(11, number), Buffer.alloc(32), body],
    )
    await query(client, insertMessage, [clientId(12, number), id, contact, 'contact', clientId(13, number), body])
    await query(client, updateConversation, [id, body])
    await query(client, insertEvent, [{ conversationId: id, contactId: contact }, contact])
    await query(client, insertEvent, [{ conversationId: id, contactId: contact, seq: 1 }, contact])
    await client.query(announce)
  })
}

export async function replySql(client: ClientBase, about: { conversation: number; number: number }): Promise<void> {
  const id = idOf('conversation', about.conversation)
  const contact = idOf('contact', about.conversation)
  const body = 'Thank you, I see where it stops. Could you try again with the smaller file?'
  await inRole(client, 'clew_team', async () => {
    await query(client, 'SELECT * FROM conversations WHERE id = $1 FOR UPDATE', [id])
    const values = [clientId(14, about.number), id, contact, 'agent', clientId(15, about.number), body]
    await query(client, insertMessage, values)
    await query(client, updateConversation, [id, body])
    await query(client, insertEvent, [{ conversationId: id, contactId: contact }, contact])
    await client.query(announce)
  })
}

const listed = `SELECT c.*, p.name, p.email FROM conversations c JOIN contacts p ON p.id = c.contact_id`
const conditions = [
  `status = 'open' AND assignee_id = $1`,
  `status = 'open' AND handling <> 'assistant' AND assignee_id IS NULL`,
  `status = 'open' AND handling <> 'assistant'`,
  `status = 'open' AND handling = 'assistant'`,
  `status = 'resolved'`,
]
const counts = conditions.map(
  (condition) => `(SELECT count(*) FROM (SELECT 1 FROM conversations WHERE ${condition} LIMIT 1000) t)`,
)

export const listSql = (client: ClientBase, agent: number): Promise<void> =>
  inRole(client, 'clew_team', async () => {
    const page = `${listed} WHERE status = 'open' AND handling <> 'assistant' ORDER BY last_message_at DESC, c.id DESC LIMIT 51`
    await query(client, page, [])
    await query(client, `SELECT ${counts.join(', ')}`, [idOf('agent', agent)])
  })

export const readSql = (client: ClientBase, conversation: number): Promise<void> =>
  inRole(client, 'clew_team', async () => {
    const id = [idOf('conversation', conversation)]
    await query(client, `${listed} WHERE c.id = $1`, id)
    await query(client, 'SELECT * FROM messages WHERE conversation_id = $1 ORDER BY seq LIMIT 500', id)
    await query(client, 'SELECT kind FROM cases WHERE conversation_id = $1', id)
    await query(client, 'SELECT * FROM facts WHERE conversation_id = $1 ORDER BY at, id', id)
    await query(client, 'SELECT id, name, state FROM captures WHERE conversation_id = $1 ORDER BY created_at', id)
  })
