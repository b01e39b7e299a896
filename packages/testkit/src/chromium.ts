import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

export type ChromiumProgram = { executablePath: string; env: Record<string, string> }

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable']
const cacheFolder = path.join(import.meta.dirname, '../../../.cache')

// Nothing that calls out: a test talks to the servers it started.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium for tests: the machine's own, else the one that npm installed. Nothing is downloaded. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, env } = await chromiumProgram()
  return chromium.launch({
    ...options,
    executablePath,
    env: { ...env, ...options.env },
    args: [...chromiumFlags(), ...(options.args ?? [])],
  })
}

/** The flags that every test browser gets. */
export function chromiumFlags(): string[] {
  // Chromium cannot build its sandbox as root.
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags
}

/** Where the browser is and the environment it needs, for tools that start it themselves. */
export async function chromiumProgram(): Promise<ChromiumProgram> {
  const executablePath = installed.find((file) => existsSync(file))
  if (executablePath !== undefined) return { executablePath, env: ownEnvironment() }
  return packed()
}

async function packed(): Promise<ChromiumProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`the packed Chromium is for Linux on x64: install one as ${installed[0]}`)
  const folder = path.join(cacheFolder, `chromium-${packageVersion()}`)
  if (!existsSync(folder)) await unpack(folder)
  const env = ownEnvironment()
  const libraries = path.join(folder, 'al2023/lib')
  return {
    executablePath: path.join(folder, 'chromium'),
    env: {
      ...env,
      LD_LIBRARY_PATH: env.LD_LIBRARY_PATH ? `${libraries}:${env.LD_LIBRARY_PATH}` : libraries,
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') }),
    },
  }
}

// The package unpacks to an unversioned place under TMPDIR, takes a stale or torn copy for good, and brings its shared
// libraries out only on Amazon's machines. So it gets a folder of its own and is told that it is on one.
async function unpack(folder: string): Promise<void> {
  mkdirSync(cacheFolder, { recursive: true })
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()`
  await run(['--input-type=module', '--eval', script], {
    ...ownEnvironment(),
    TMPDIR: unfinished,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  })
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    // Another test unpacked it in the meantime.
    if (!existsSync(folder)) throw error
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function run(args: string[], env: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: import.meta.dirname,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`unpacking Chromium ended with ${code}`))))
  })
}

function packageVersion(): string {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(main.slice(0, main.lastIndexOf('/build/')), 'package.json'), 'utf8'),
  )
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

function ownEnvironment(): Record<string, string> {
  const set = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return { HOME: os.homedir(), ...Object.fromEntries(set) }
}
