import { type Invocation, knownCommands, readArguments } from './arguments.ts'
import { runHar } from './har/run-har.ts'
import { exitCode, type Io } from './io.ts'
import { runServer } from './run-server.ts'
import { wordsOf } from './words.ts'

/** One run of the program. Answers with the exit code. */
export async function run(argv: readonly string[], io: Io = process): Promise<number> {
  const invocation = readArguments(argv)
  switch (invocation.command) {
    case 'help':
      io.stdout.write(`${(await wordsOf(io))('cli.help')}\n`)
      return exitCode.done
    case 'version':
      io.stdout.write(`${process.env['CLEW_VERSION'] ?? 'dev'}\n`)
      return exitCode.done
    case 'server':
      return runServer(io, await wordsOf(io), invocation.argv)
    case 'har':
      return runHar(io, invocation.argv)
    case 'wrong':
      return refuse(io, invocation)
  }
}

async function refuse(io: Io, { given }: Extract<Invocation, { command: 'wrong' }>): Promise<number> {
  const t = await wordsOf(io)
  io.stderr.write(`${t('cli.unknown_command', { command: given, known: knownCommands.join(', ') })}\n`)
  return exitCode.usage
}
