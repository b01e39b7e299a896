import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { prepareClew, setUpOwner } from './clew.ts'

export type FirstDay = {
  /** Fills the data directory of a Clew that has not started yet. */
  copyTo(dataDir: string): Promise<void>
}

/**
 * A data directory with its tables and an owner, made when it is first asked for and copied from then on: most journeys
 * are about what comes after that.
 */
export function firstDayIn(folder: string): FirstDay {
  let made: Promise<string> | undefined
  return {
    async copyTo(dataDir) {
      made ??= make(folder)
      await copy('cp', ['-a', `${await made}/.`, dataDir])
    },
  }
}

const copy = promisify(execFile)

async function make(folder: string): Promise<string> {
  // The account that PostgreSQL runs under must be able to pass through.
  await mkdir(folder, { recursive: true, mode: 0o711 })
  const clew = await prepareClew(folder)
  await setUpOwner(clew)
  await clew.wire.close()
  return clew.dataDir
}
