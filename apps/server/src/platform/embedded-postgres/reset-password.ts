import path from 'node:path'
import type { Server } from './cluster.ts'
import { runProgram } from './run-program.ts'

/** Sets the superuser's password without knowing the old one: for a data directory whose secrets were lost. */
export async function resetPassword({ cluster, native, runAs }: Server, password: string): Promise<void> {
  await runProgram(path.join(native, 'bin/postgres'), {
    runAs,
    args: ['--single', '-D', cluster, 'postgres'],
    input: `ALTER ROLE postgres PASSWORD '${password.replaceAll("'", "''")}'\n`,
  })
}
