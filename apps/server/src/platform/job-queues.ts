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
    for (const queue of queues) {
      const settings = {
        name: queue.name,
        retryLimit: queue.retries,
        retryDelay: 2,
        retryBackoff: true,
        expireInSeconds: queue.timeoutSeconds,
      }
      if (await boss.getQueue(queue.name)) await boss.updateQueue(queue.name, settings)
      else await boss.createQueue(queue.name, settings)
    }
    await client.query(guardSql)
  } finally {
    await boss.stop({ graceful: false, close: false })
    await client.query('RESET ROLE')
  }
}

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
