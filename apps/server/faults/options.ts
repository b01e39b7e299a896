import { parseArgs } from 'node:util'
import type { DatabaseKind } from './installation.ts'

export type Victim = 'server' | 'server and database' | 'database'

export type Options = {
  database: DatabaseKind
  loadMs: number
  killEveryMs: number
  /** Who is killed each time; without it chance chooses. */
  kill: Victim | undefined
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
      kill: { type: 'string' },
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
    kill: values.kill === undefined ? undefined : victimOf(values.kill),
    contacts: Number(values.contacts),
    agents: Number(values.agents),
    seed: values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed),
    keep: values.keep,
  }
}

function victimOf(word: string): Victim {
  if (word === 'server' || word === 'database') return word
  if (word === 'both') return 'server and database'
  throw new Error('--kill is server, database or both')
}
