import { type ParseArgsConfig, parseArgs } from 'node:util'

export type Verb = 'sanitise' | 'analyse' | 'validate' | 'view' | 'diff'

// The American spellings are what many will type.
const VERBS = new Map<string, Verb>([
  ['sanitize', 'sanitise'],
  ['sanitise', 'sanitise'],
  ['analyse', 'analyse'],
  ['analyze', 'analyse'],
  ['validate', 'validate'],
  ['view', 'view'],
  ['diff', 'diff'],
])
export const VERB_NAMES = ['sanitize', 'analyze', 'validate', 'view', 'diff']

const common = { help: { type: 'boolean', short: 'h' }, lang: { type: 'string' }, json: { type: 'boolean' } } as const
const reported = { ...common, format: { type: 'string' }, 'fail-on': { type: 'string' } } as const
const several = { type: 'string', multiple: true } as const

const OPTIONS = {
  sanitise: {
    ...common,
    out: { type: 'string', short: 'o' },
    force: { type: 'boolean', short: 'f' },
    policy: { type: 'string' },
    'keep-bodies-of': several,
    rules: { type: 'string' },
    report: { type: 'boolean' },
  },
  analyse: {
    ...reported,
    'first-party': several,
    'reported-at': { type: 'string' },
    'upload-limit': { type: 'string' },
  },
  validate: { ...reported, max: { type: 'string' } },
  view: {
    ...common,
    host: { type: 'string' },
    status: { type: 'string' },
    type: { type: 'string' },
    find: { type: 'string' },
    limit: { type: 'string' },
    width: { type: 'string' },
  },
  diff: { ...common, 'exit-code': { type: 'boolean' } },
} as const satisfies Record<Verb, NonNullable<ParseArgsConfig['options']>>

export type Values<V extends Verb> = ReturnType<typeof parseArgs<{ options: (typeof OPTIONS)[V] }>>['values']

/** A mistake in how the program was called, as a key of the catalogue. */
export class UsageError extends Error {
  readonly params: Readonly<Record<string, string | number>>

  constructor(key: string, params: Readonly<Record<string, string | number>> = {}) {
    super(key)
    this.name = 'UsageError'
    this.params = params
  }
}

export function readVerb(given: string): Verb {
  const verb = VERBS.get(given)
  if (verb === undefined) throw new UsageError('cli.har_unknown_verb', { given, known: VERB_NAMES.join(', ') })
  return verb
}

/** Options and files of one verb. */
export function readOptions<V extends Verb>(verb: V, args: readonly string[]): { values: Values<V>; files: string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = OPTIONS[verb]
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    return { values: values as Values<V>, files: positionals }
  } catch (error) {
    throw usageErrorOf(error, Object.keys(options))
  }
}

/** One of several words. */
export function oneOf<W extends string>(option: string, given: string, allowed: readonly W[]): W {
  const found = allowed.find((word) => word === given)
  if (found === undefined) throw new UsageError('cli.option_not_one_of', { option, given, allowed: allowed.join(', ') })
  return found
}

/** A whole number of at least 1. */
export function countOf(option: string, given: string): number {
  const count = Number(given)
  if (!Number.isInteger(count) || count < 1) throw new UsageError('cli.option_no_count', { option, given })
  return count
}

function usageErrorOf(error: unknown, names: readonly string[]): UsageError {
  const { code, message } = error as { code?: unknown; message?: unknown }
  // `'-o, --out <value>' argument missing` or `Unknown option '--jsn'`
  const given = /'(?:-\w, )?(-{1,2}[^' ,=]+)/.exec(String(message))?.[1] ?? ''
  if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return new UsageError('cli.option_needs_value', { option: given })
  const near = names.map((name) => `--${name}`).find((name) => distance(name, given) <= 2)
  if (near !== undefined) return new UsageError('cli.option_unknown_near', { option: given, near })
  return new UsageError('cli.option_unknown', { option: given })
}

/** How many letters must change to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
