import { parseArgs } from 'node:util'
import type { DatabaseKind } from './installation.ts'

export type Options = {
  database: DatabaseKind
  loadMs: number
  killEveryMs: number
  contacts: number
  agents: number
  seed: number
  keep: boolean
}

export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      database: { type: 'string', default: 'embedded' },
      seconds: { type: 'string', default: '40' },
      minutes: { type: 'string' },
      'kill-every': { type: 'string', default: '4' },
      contacts: { type: 'string', default: '20' },
      agents: { type: 'string', default: '3' },
      seed: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  })
  const { database } = values
  if (database !== 'embedded' && database !== 'url') throw new Error('--database is embedded or url')
  const seconds = values.minutes === undefined ? Number(values.seconds) : Number(values.minutes) * 60
  return {
    database,
    loadMs: seconds * 1000,
    killEveryMs: Number(values['kill-every']) * 1000,
    contacts: Number(values.contacts),
    agents: Number(values.agents),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed),
    keep: values.keep,
  }
}
