import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { inDataDir, makeFolder } from './data-dir.ts'

const Secrets = z.record(z.string(), z.string())

/** A secret of this installation, made when first asked for and kept in a file that only its owner can read. */
export function keptSecret(dataDir: string, name: string): string {
  const found = findKeptSecret(dataDir, name)
  if (found !== undefined) return found
  const made = randomBytes(32).toString('base64url')
  inDataDir(dataDir, () => keep(dataDir, name, made))
  return made
}

function keep(dataDir: string, name: string, made: string): void {
  const file = fileIn(dataDir)
  const aside = `${file}.${process.pid}.new`
  makeFolder(dataDir, 0o700)
  writeFileSync(aside, `${JSON.stringify({ ...readSecrets(dataDir), [name]: made }, null, 2)}\n`, {
    mode: 0o600,
    // Files are sealed with it: it must outlast a power cut.
    flush: true,
  })
  renameSync(aside, file)
}

/** The secret, if it was made. */
export const findKeptSecret = (dataDir: string, name: string): string | undefined => readSecrets(dataDir)[name]

const fileIn = (dataDir: string): string => path.join(dataDir, 'secrets.json')

function readSecrets(dataDir: string): Record<string, string> {
  const file = fileIn(dataDir)
  return existsSync(file) ? Secrets.parse(JSON.parse(readFileSync(file, 'utf8'))) : {}
}
