import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Agents that are signed in, and contacts with a token each. */
export type Seeded = { agents: number; conversations: number }

const team = '00000000-0000-7000-8000-000000000001'

export const agentToken = (agent: number): string => `bench-agent-${String(agent).padStart(12, '0')}`
export const contactToken = (contact: number): string => `bench-contact-${String(contact).padStart(12, '0')}`
const tokenOf = (kind: 'agent' | 'contact', number: string) =>
  `sha256(convert_to('bench-${kind}-' || lpad(${number}::text, 12, '0'), 'UTF8'))`

/** Ids that are known without asking: the kind, then the number. */
const kinds = { agent: 2, contact: 3, conversation: 4, message: 5, fact: 6 } as const
export const idOf = (kind: keyof typeof kinds, number: number): string =>
  `00000000-0000-7000-800${kinds[kind]}-${number.toString(16).padStart(12, '0')}`
const sqlId = (kind: keyof typeof kinds, number: string) =>
  `('00000000-0000-7000-800${kinds[kind]}-' || lpad(to_hex(${number}), 12, '0'))::uuid`

/** A client's id that is new for each number of each run. */
export const clientId = (run: number, number: number): string => {
  const hex = createHash('sha256').update(`${run} ${number}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * An installation after a while: of 20 conversations 17 are resolved, one is with the assistant, one waits for an agent
 * and one has an agent; three messages each, and a case that is half complete. Three of ten are Greek.
 */
export async function seed(client: pg.Client, { agents, conversations }: Seeded): Promise<void> {
  const upTo = (count: number) => `generate_series(0, ${count - 1}) AS n`
  await client.query(`
    INSERT INTO organisations (id, kind, name, slug, created_at) VALUES ('${team}', 'support', 'Northlight', 'team', now());
    INSERT INTO members (id, organisation_id, email, name, role, created_at)
      SELECT ${sqlId('agent', 'n')}, '${team}', 'agent-' || n || '@team.example', 'Agent ' || n, 'agent', now()
        FROM ${upTo(agents)};
    INSERT INTO agent_sessions (id, organisation_id, token_hash, member_id, created_at, seen_at, proved_at, expires_at,
          standing)
      SELECT gen_random_uuid(), '${team}', ${tokenOf('agent', 'n')}, ${sqlId('agent', 'n')}, now(), now(), now(), now() + interval '1 day', 'agent:'
        FROM ${upTo(agents)};
    INSERT INTO contacts (id, name, email, locale, created_at)
      SELECT ${sqlId('contact', 'n')}, 'Contact ' || n, 'contact-' || n || '@customer.example',
             CASE WHEN n % 10 < 3 THEN 'el' ELSE 'en' END, now() - interval '200 days'
        FROM ${upTo(conversations)};
    INSERT INTO contact_sessions (token_hash, contact_id, created_at, seen_at)
      SELECT ${tokenOf('contact', 'n')}, ${sqlId('contact', 'n')}, now(), now() FROM ${upTo(conversations)};`)
  await client.query(conversationsSql(agents, upTo(conversations)))
  await client.query(messagesSql(upTo(conversations)))
  await client.query(factsSql(upTo(conversations)))
  await client.query('VACUUM ANALYZE')
}

const conversationsSql = (agents: number, numbers: string): string => `
  INSERT INTO conversations (id, contact_id, client_conversation_id, request_hash, locale, subject, status, handling,
      assignee_id, assignee_name, last_seq, last_message_at, last_message_preview, waiting_since, contact_read_seq,
      case_given, case_wanted, created_at)
    SELECT ${sqlId('conversation', 'n')}, ${sqlId('contact', 'n')}, gen_random_uuid(), sha256('bench'),
           CASE WHEN n % 10 < 3 THEN 'el' ELSE 'en' END,
           'Upload of report-' || n || '.pdf stops at ' || n % 100 || ' %',
           CASE WHEN n % 20 < 17 THEN 'resolved' ELSE 'open' END,
           CASE n % 20 WHEN 17 THEN 'assistant' WHEN 18 THEN 'waiting' ELSE 'agent' END,
           CASE WHEN n % 20 IN (17, 18) THEN NULL ELSE ${sqlId('agent', `(n / 20) % ${agents}`)} END,
           CASE WHEN n % 20 IN (17, 18) THEN NULL ELSE 'Agent ' || (n / 20) % ${agents} END,
           3, now() - n * interval '3 minutes',
           'The request id of the failed upload is req_' || md5(n::text) || ', I tried twice with the same result.',
           CASE WHEN n % 20 = 18 THEN now() - n * interval '3 minutes' END, 3, 2, 6,
           now() - n * interval '3 minutes' - interval '1 hour'
      FROM ${numbers}`

const messagesSql = (numbers: string): string => `
  INSERT INTO messages (id, conversation_id, contact_id, seq, kind, internal, author_type, author_id, author_name,
      client_message_id, request_hash, body, content, created_at)
    SELECT ${sqlId('message', 'n * 4 + seq')}, ${sqlId('conversation', 'n')}, ${sqlId('contact', 'n')}, seq, 'message',
           false, CASE seq WHEN 2 THEN 'assistant' ELSE 'contact' END,
           CASE seq WHEN 2 THEN NULL ELSE ${sqlId('contact', 'n')} END, NULL,
           CASE seq WHEN 2 THEN NULL ELSE gen_random_uuid() END, sha256('bench'),
           CASE seq WHEN 1 THEN 'Upload of report-' || n || '.pdf stops at ' || n % 100 || ' % and then an error is shown. '
                              || 'It worked last week, in the same browser and on the same network.'
                    WHEN 2 THEN 'Files of more than 20 MB are refused. Please try a smaller one, and tell me whether it passes. '
                              || repeat('If it does not, a recording of the network shows where it stops. ', 4)
                    ELSE 'The request id of the failed upload is req_' || md5(n::text) || ', I tried twice with the same result.' END,
           '{}', now() - n * interval '3 minutes' - (3 - seq) * interval '10 minutes'
      FROM ${numbers}, generate_series(1, 3) AS seq`

const factsSql = (numbers: string): string => `
  INSERT INTO cases (conversation_id, contact_id, kind, created_at)
    SELECT ${sqlId('conversation', 'n')}, ${sqlId('contact', 'n')}, 'upload', now() FROM ${numbers};
  INSERT INTO facts (id, conversation_id, contact_id, field, value, source, at)
    SELECT ${sqlId('fact', 'n * 2 + k')}, ${sqlId('conversation', 'n')}, ${sqlId('contact', 'n')},
           CASE k WHEN 0 THEN 'problem' ELSE 'request_ids' END,
           CASE k WHEN 0 THEN jsonb_build_object('text', 'Upload of report-' || n || '.pdf stops')
                  ELSE jsonb_build_object('requestIds', jsonb_build_array('req_' || md5(n::text)), 'completionIds', '[]'::jsonb) END,
           'contact', now() - n * interval '3 minutes'
      FROM ${numbers}, generate_series(0, 1) AS k`
