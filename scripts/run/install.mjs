import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fail, inRoot, timed } from './say.mjs'
import { spawnProgram } from './spawn.mjs'

// Inside node_modules, so that it goes when the packages go.
const stampFile = inRoot('node_modules/.clew-installed')

/** Runs `npm ci` when the lockfile, or what decides which binaries it brings, is not what was installed last. */
export async function install() {
  const wanted = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  const { code } = await timed('installing packages', () =>
    npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']),
  )
  if (code !== 0)
    fail('npm could not install the packages; its message is above. Nothing else was changed: mend that and try again.')
  writeFileSync(stampFile, wanted)
}

/** What the installed packages depend on. */
export function fingerprint() {
  const [nodeMajor] = process.versions.node.split('.')
  return createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .update(`node ${nodeMajor} ${process.platform} ${process.arch}`)
    .digest('hex')
}

function npm(args) {
  // NODE_ENV=production would leave out what builds Clew.
  const { NODE_ENV: _, ...env } = process.env
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return spawnProgram(process.execPath, [script, ...args], { env })
  return spawnProgram('npm', args, { env, shell: process.platform === 'win32' })
}
