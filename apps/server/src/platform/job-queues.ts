import type pg from 'pg'
import PgBoss from 'pg-boss'

/** A queue as pg-boss keeps it. Created by the migrating role, since the plain one may not. */
export type QueueDefinition = { name: string; retries: number; timeoutSeconds: number }

export const jobSchema = 'pgboss'

/**
 * Creates what is missing of the job store and puts every table of it behind row-level security for `clew_system`. All queues
 * share one table. Those that an older release made keep theirs.
 */
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
    const { rows } = await client.query<{ common: boolean; open: boolean }>(stateSql)
    const state = rows[0] ?? { common: false, open: true }
    if (!state.common) await client.query(commonTableSql)
    await keepQueues(client, queues)
    if (state.open || !state.common) await client.query(guardSql)
  } finally {
    await boss.stop({ graceful: false, close: false })
    await client.query('RESET ROLE')
  }
}

/** Most starts change nothing. */
async function keepQueues(client: pg.Client, queues: readonly QueueDefinition[]): Promise<void> {
  const known = await readQueues(client)
  const changed = queues.filter((queue) => {
    const kept = known.get(queue.name)
    return kept === undefined || !isKept(kept, queue)
  })
  if (changed.length === 0) return
  const of = <K extends keyof QueueDefinition>(key: K) => changed.map((queue) => queue[key])
  await client.query(keepSql, [of('name'), of('retries'), of('timeoutSeconds')])
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

const isKept = (kept: KeptQueue, { retries, timeoutSeconds }: QueueDefinition): boolean =>
  kept.retry_limit === retries &&
  kept.retry_delay === retryDelay &&
  kept.retry_backoff &&
  kept.expire_seconds === timeoutSeconds

const keepSql = `
  INSERT INTO ${jobSchema}.queue (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds)
  SELECT name, 'standard', retries, ${retryDelay}, true, seconds
    FROM unnest($1::text[], $2::int[], $3::int[]) AS kept (name, retries, seconds)
  ON CONFLICT (name) DO UPDATE SET retry_limit = excluded.retry_limit, retry_delay = excluded.retry_delay,
    retry_backoff = excluded.retry_backoff, expire_seconds = excluded.expire_seconds, updated_on = now()`

/** Whether the table of all queues is there, and whether a table of the store, each part included, is not behind the wall yet. */
const stateSql = `
  SELECT to_regclass('${jobSchema}.job_common') IS NOT NULL AS common,
         EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = '${jobSchema}' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity) AS open`

/**
 * pg-boss makes a table with seven indexes for each queue, which is most of the work in an empty database. It makes one here,
 * with the indexes that it needs, and that one becomes the part of its table which takes every queue that has none.
 */
const commonTableSql = `
  DO $$ DECLARE made text; BEGIN
    PERFORM ${jobSchema}.create_queue('common', '{"policy": "standard"}');
    DELETE FROM ${jobSchema}.queue WHERE name = 'common' RETURNING partition_name INTO made;
    EXECUTE format('ALTER TABLE ${jobSchema}.job DETACH PARTITION ${jobSchema}.%I', made);
    EXECUTE format('ALTER TABLE ${jobSchema}.%I DROP CONSTRAINT cjc', made);
    EXECUTE format('ALTER TABLE ${jobSchema}.%I RENAME TO job_common', made);
    ALTER TABLE ${jobSchema}.job ATTACH PARTITION ${jobSchema}.job_common DEFAULT;
  END $$`

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
