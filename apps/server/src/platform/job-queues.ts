import type pg from 'pg'
import PgBoss from 'pg-boss'

/** A queue as pg-boss keeps it. Created by the migrating role, since the plain one may not. */
export type QueueDefinition = { name: string; retries: number; timeoutSeconds: number }

export const jobSchema = 'pgboss'

/** Creates what is missing of the job store and puts every table of it behind row-level security for `clew_system`. */
export async function createQueues(client: pg.Client, queues: readonly QueueDefinition[]): Promise<void> {
  await client.query('SET ROLE clew_owner')
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values) },
    schema: jobSchema,
    migrate: true,
    supervise: false,
    schedule: false,
  })
  try {
    await boss.start()
    const known = await readQueues(client)
    for (const queue of queues) {
      const kept = known.get(queue.name)
      if (kept && isKept(kept, queue)) continue
      const settings = {
        name: queue.name,
        retryLimit: queue.retries,
        retryDelay,
        retryBackoff: true,
        expireInSeconds: queue.timeoutSeconds,
      }
      if (kept) await boss.updateQueue(queue.name, settings)
      else await boss.createQueue(queue.name, settings)
    }
    const { rows } = await client.query<{ open: boolean }>(isOpenSql)
    if (rows[0]?.open) await client.query(guardSql)
  } finally {
    await boss.stop({ graceful: false, close: false })
    await client.query('RESET ROLE')
  }
}

const retryDelay = 2

type KeptQueue = {
  name: string
  retry_limit: number
  retry_delay: number
  retry_backoff: boolean
  expire_seconds: number
}

async function readQueues(client: pg.Client): Promise<Map<string, KeptQueue>> {
  const { rows } = await client.query<KeptQueue>(
    `SELECT name, retry_limit, retry_delay, retry_backoff, expire_seconds FROM ${jobSchema}.queue`,
  )
  return new Map(rows.map((row) => [row.name, row]))
}

/** Whether it is there as it should be: most starts change nothing. */
const isKept = (kept: KeptQueue, { retries, timeoutSeconds }: QueueDefinition): boolean =>
  kept.retry_limit === retries &&
  kept.retry_delay === retryDelay &&
  kept.retry_backoff &&
  kept.expire_seconds === timeoutSeconds

/** A table of its store, each partition included, that is not behind the wall yet. */
const isOpenSql = `
  SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = '${jobSchema}' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity) AS open`

const guardSql = `
  GRANT USAGE ON SCHEMA ${jobSchema} TO clew_system;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobSchema} TO clew_system;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${jobSchema} TO clew_system;
  DO $$ DECLARE target regclass; BEGIN
    FOR target IN SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = '${jobSchema}' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity LOOP
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
      EXECUTE format('CREATE POLICY system_all ON %s TO clew_system USING (true) WITH CHECK (true)', target);
    END LOOP;
  END $$`
