import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { serverFolder } from '../folders.ts'
import { administer } from '../testkit/cluster.ts'
import { readMigrations } from './migrations.ts'
import { prepareDatabase, prepareQueues } from './prepare-database.ts'
test('stress', async () => {
  const errors: string[] = []
  for (let i = 0; i < 6; i++) {
    const database = `clew_stress_${randomUUID().slice(0, 8)}`
    await administer(inject('cluster'), `CREATE DATABASE ${database}`)
    const connection = { ...inject('cluster'), database }
    const prep = { connection, migrations: readMigrations(join(serverFolder, 'migrations')) }
    const r = await Promise.allSettled([1,2,3,4,5].map(async () => { await prepareDatabase(prep); await prepareQueues(connection, [{name:'a.b',retries:1,timeoutSeconds:10},{name:'c.d',retries:1,timeoutSeconds:10}]) }))
    for (const x of r) if (x.status === 'rejected') errors.push(String(x.reason).slice(0,150))
    await administer(inject('cluster'), `DROP DATABASE ${database} WITH (FORCE)`)
  }
  expect(errors).toEqual([])
}, 120_000)
