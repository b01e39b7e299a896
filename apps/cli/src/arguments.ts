import { parseArgs } from 'node:util'

const serverCommands = ['serve', 'setup', 'demo', 'migrate', 'config', 'domains'] as const

export type Invocation =
  | { command: 'help' }
  | { command: 'version' }
  | { command: 'server'; argv: readonly string[] }
  | { command: 'sanitise'; file: string; out: string; report: boolean }
  | { command: 'analyse'; file: string }
  | { command: 'wrong'; reason: 'unknown_command' | 'har_usage'; given: string }

/** What was typed after `clew`, understood or not. */
export function readArguments(argv: readonly string[]): Invocation {
  const [command = 'help', ...rest] = argv
  if (['help', '--help', '-h'].includes(command)) return { command: 'help' }
  if (['--version', '-v', 'version'].includes(command)) return { command: 'version' }
  if (serverCommands.some((name) => name === command)) return { command: 'server', argv }
  if (command === 'har') return readHarArguments(rest)
  return { command: 'wrong', reason: 'unknown_command', given: command }
}

/** For the sentence that says what there is. */
export const knownCommands: readonly string[] = [...serverCommands, 'har', 'help']

// The American spellings are what many will type.
const harCommands = new Map<string, 'sanitise' | 'analyse'>([
  ['sanitize', 'sanitise'],
  ['sanitise', 'sanitise'],
  ['analyse', 'analyse'],
  ['analyze', 'analyse'],
])

function readHarArguments(rest: readonly string[]): Invocation {
  const wrong: Invocation = { command: 'wrong', reason: 'har_usage', given: rest.join(' ') }
  const parsed = parsedOrUndefined(rest)
  if (!parsed) return wrong
  const { positionals, values } = parsed
  const [verb = '', file, ...more] = positionals
  const command = harCommands.get(verb)
  if (command === undefined || file === undefined || file === '' || more.length > 0) return wrong
  if (command === 'sanitise')
    return { command, file, out: values.out ?? cleanName(file), report: values.report ?? false }
  return values.out === undefined && values.report === undefined ? { command, file } : wrong
}

function parsedOrUndefined(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string', short: 'o' }, report: { type: 'boolean' } },
    })
  } catch {
    return undefined
  }
}

/** Beside the recording, under a name that says what it is. */
const cleanName = (file: string): string => `${file.replace(/\.har$/i, '')}.clean.har`
