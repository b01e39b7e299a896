import { HarError } from '@clew/har'
import { analyseFile } from './analyse-file.ts'
import { type Invocation, knownCommands, readArguments } from './arguments.ts'
import { exitCode, type Io } from './io.ts'
import { runServer } from './run-server.ts'
import { sanitiseFile } from './sanitise-file.ts'
import { type Words, wordsOf } from './words.ts'

/** One run of the program. Answers with the exit code. */
export async function run(argv: readonly string[], io: Io = process): Promise<number> {
  const t = wordsOf(io)
  const invocation = readArguments(argv)
  try {
    return await perform(io, t, invocation)
  } catch (error) {
    const refusal = refusalOf(t, error, invocation)
    if (!refusal) throw error
    io.stderr.write(`${refusal.text}\n`)
    return refusal.code
  }
}

async function perform(io: Io, t: Words, invocation: Invocation): Promise<number> {
  switch (invocation.command) {
    case 'help':
      io.stdout.write(`${t('cli.help')}\n`)
      return exitCode.done
    case 'version':
      io.stdout.write(`${process.env['CLEW_VERSION'] ?? 'dev'}\n`)
      return exitCode.done
    case 'server':
      return runServer(io, t, invocation.argv)
    case 'sanitise':
      return sanitiseFile({ signal: interrupted(), ...io }, t, invocation)
    case 'analyse':
      return analyseFile(io, t, invocation.file)
    case 'wrong':
      io.stderr.write(`${complaint(t, invocation)}\n`)
      return exitCode.usage
  }
}

/** Ctrl+C ends the work in order, so that no half-written copy stays. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  return stop.signal
}

function complaint(t: Words, { reason, given }: Extract<Invocation, { command: 'wrong' }>): string {
  if (reason === 'har_usage') return t('cli.har_usage')
  return t('cli.unknown_command', { command: given, known: knownCommands.join(', ') })
}

/** A file that is no capture is refused; one that cannot be opened was named wrongly. Anything else is our mistake. */
function refusalOf(t: Words, error: unknown, invocation: Invocation): { text: string; code: number } | undefined {
  const name = invocation.command === 'sanitise' || invocation.command === 'analyse' ? invocation.file : undefined
  if (name === undefined) return undefined
  if (error instanceof HarError) {
    const text = t.find(`cli.${error.code.replace('.', '_')}`, { file: name }) ?? error.code
    return { text, code: exitCode.refused }
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^E(?:NOENT|ISDIR|ACCES|PERM|NOTDIR|ROFS|EXIST)$/.test(code))
    return { text: t('cli.file_unusable', { file: pathOf(error) ?? name, reason: code }), code: exitCode.usage }
  if (code === 'ENOSPC') return { text: t('cli.disk_full'), code: exitCode.refused }
  return undefined
}

const pathOf = (error: unknown): string | undefined =>
  error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
