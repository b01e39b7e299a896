import { mkdirSync, statSync } from 'node:fs'
import { dirname, sep } from 'node:path'

/** The system refuses what Clew has to do in its data folder; `reason` is its code. */
export class DataDirUnusableError extends Error {
  override name = 'DataDirUnusableError'
  readonly dataDir: string
  readonly reason: string

  constructor(dataDir: string, reason: string, cause: unknown) {
    super(`the data folder ${dataDir} cannot be used (${reason})`, { cause })
    this.dataDir = dataDir
    this.reason = reason
  }
}

/**
 * Makes a folder with those above it, one after the other: asked for all at once, Node never ends where a folder
 * such as /proc says that what is to be made does not exist.
 */
export function makeFolder(folder: string, mode: number): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder), mode)
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // Another process may have been quicker.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

/** Does what needs the data folder. What the system refuses there is a `DataDirUnusableError`. */
export function inDataDir<T>(dataDir: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw aboutDataDir(error, dataDir)
  }
}

/** The error as a `DataDirUnusableError`, when it is the system's and about this folder, one above it or one in it. */
export function aboutDataDir(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('code' in error && 'syscall' in error && 'path' in error)) return error
  const place = String(error.path)
  const isHere = `${dataDir}${sep}`.startsWith(place) || place.startsWith(`${dataDir}${sep}`)
  return isHere ? new DataDirUnusableError(dataDir, String(error.code), error) : error
}
