const serverCommands = [
  'serve',
  'setup',
  'demo',
  'migrate',
  'config',
  'domains',
  'assistant',
  'audit',
  'organisation',
  'scim',
] as const

export type Invocation =
  | { command: 'help' | 'version' }
  | { command: 'server' | 'har'; argv: readonly string[] }
  | { command: 'wrong'; given: string }

/** What was typed after `clew`, understood or not. */
export function readArguments(argv: readonly string[]): Invocation {
  const [command = 'help', ...rest] = argv
  if (['help', '--help', '-h'].includes(command))
    return rest[0] === 'har' ? { command: 'har', argv: ['--help'] } : { command: 'help' }
  if (['--version', '-v', 'version'].includes(command)) return { command: 'version' }
  if (serverCommands.some((name) => name === command)) return { command: 'server', argv }
  if (command === 'har') return { command: 'har', argv: rest }
  return { command: 'wrong', given: command }
}

/** For the sentence that says what there is. */
export const knownCommands: readonly string[] = [...serverCommands, 'har', 'help']
