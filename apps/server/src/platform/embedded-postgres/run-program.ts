import { spawn } from 'node:child_process'
import path from 'node:path'
import { say } from '../say.ts'
import { EmbeddedPostgresError } from './errors.ts'
import type { RunAs } from './run-as.ts'

// PGPORT, PGOPTIONS and the like must not reach the server, and its messages are read by machine.
export const cleanEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Runs one of PostgreSQL's programs to its end and throws with what it said when that is not a good one. */
export function runProgram(
  program: string,
  { args, runAs, input = '' }: { args: string[]; runAs: RunAs; input?: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...runAs, cwd: '/', env: cleanEnvironment })
    let said = ''
    child.stdout.resume()
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(failed(program, said.trim()))
    })
    // One that ends without reading breaks the pipe; how it ended tells why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

const failed = (program: string, words: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'did_not_start',
    say('cli.postgres_program_failed', { program: path.basename(program), words }),
  )
