import { existsSync } from 'node:fs'
import { exitCode, type Io } from './io.ts'
import type { Words } from './words.ts'

type ServerProgram = { run(argv: readonly string[]): Promise<number> }

// One app never imports another: the built server is a program that lies beside this one.
const program = new URL('../../server/dist/main.js', import.meta.url)

/** Passes the command on to the server's own program. */
export async function runServer(io: Io, t: Words, argv: readonly string[]): Promise<number> {
  if (!existsSync(program)) {
    io.stderr.write(`${t('cli.not_built')}\n`)
    return exitCode.usage
  }
  const { run } = (await import(program.href)) as ServerProgram
  return run(argv)
}
