import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { assistant } from './assistant.ts'
import { cliStart } from './cli-start.ts'
import { har } from './har.ts'
import { memory } from './memory.ts'
import { operations } from './operations.ts'
import { pages } from './pages.ts'
import { scim } from './scim.ts'
import { sendToShown } from './send-to-shown.ts'
import { startUp } from './start-up.ts'
import { waterfall } from './waterfall.ts'

/** How long and how much to measure. */
export type BenchOptions = {
  /** Conversations in the database for `operations`. */
  conversations: number
  /** Every figure is the median of so many rounds. */
  rounds: number
  /** How long each load lasts. */
  seconds: number
  /** Also what takes minutes, such as a capture of 600 MB. */
  large: boolean
}

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  'start-up': startUp,
  'cli-start': cliStart,
  'send-to-shown': sendToShown,
  operations,
  pages,
  memory,
  har,
  waterfall,
  assistant,
  scim,
}

/** Runs the named benches, all without names. Answers with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      conversations: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      large: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name))
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`)
    return 2
  }
  const options: BenchOptions = {
    conversations: Number(values.conversations),
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    large: values.large,
  }
  console.log(`Node ${process.version}, ${cpus().length} cores, ${options.rounds} rounds, ${options.seconds} s of load`)
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length === 0 || positionals.includes(name)) await bench(options)
  }
  return 0
}
