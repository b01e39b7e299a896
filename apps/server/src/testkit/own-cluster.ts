import { inject } from 'vitest'
import type { ConnectionSettings } from '../platform/database.ts'

/** The PostgreSQL server of the worker in which this test runs. Workers are numbered from 1. */
export function ownCluster(): ConnectionSettings {
  const mine = inject('clusters')[Number(process.env['VITEST_POOL_ID']) - 1]
  if (!mine) throw new Error('this worker has no PostgreSQL server')
  return mine
}
