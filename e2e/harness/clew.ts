import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { freePort } from '@clew/testkit/free-port'
import { inRoot } from './folders.ts'
import { eventually } from './wait.ts'
import { openWire, type Wire } from './wire.ts'

export const owner = {
  name: 'Elena Markou',
  email: 'elena@northlight.example',
  password: 'olive harbour lantern 42',
}

/** The built product as its own process, on a data directory of its own. */
export type Clew = {
  /** Where browsers find it: the wire in front of it. */
  url: string
  dataDir: string
  wire: Wire
  /** Everything that it printed and logged. */
  output(): string
  start(): Promise<void>
  /** As a power cut does, except that the database lives on. */
  kill(): Promise<void>
  command(args: readonly string[], input?: string): Promise<void>
  dispose(): Promise<void>
}

const program = inRoot('apps/cli/bin/clew.js')

// Whoever ends the journeys half-way ends what they started.
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGINT')
})

export async function prepareClew(folder: string, own: NodeJS.ProcessEnv = {}): Promise<Clew> {
  const dataDir = path.join(folder, 'data')
  await mkdir(dataDir, { recursive: true })
  const port = await freePort()
  const wire = await openWire(port)
  const url = `http://localhost:${wire.port}`
  const env = { ...settingsOf({ port, url, dataDir }), ...own }
  let output = ''
  let server: ChildProcess | undefined
  let hasOrphan = false
  const run = (args: readonly string[]) =>
    spawnClew(args, { cwd: folder, env, onOutput: (text) => void (output += text) })
  const end = async (signal: NodeJS.Signals) => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server.kill(signal)
    await ended
    server = undefined
  }

  const clew: Clew = {
    url,
    dataDir,
    wire,
    output: () => output,
    async start() {
      const child = run(['serve'])
      server = child
      hasOrphan = false
      const isReady = async () => {
        if (child.exitCode !== null) throw new Error(`Clew ended with ${child.exitCode}:\n${output}`)
        return (await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined))?.status === 200
      }
      await eventually('Clew is ready', isReady, 60_000)
    },
    async kill() {
      await end('SIGKILL')
      hasOrphan = true
    },
    async command(args, input = '') {
      const child = run(args)
      child.stdin.end(input)
      const code = await new Promise((resolve) => child.once('exit', resolve))
      if (code !== 0) throw new Error(`clew ${args.join(' ')} ended with ${String(code)}:\n${output}`)
    },
    async dispose() {
      await end('SIGINT')
      // Every part of it has to let go by itself.
      const left = /"stage":"(\w+)"[^\n]*did not stop in time/.exec(output)?.[1]
      if (left !== undefined) throw new Error(`Clew did not stop in good order: ${left} was left`)
      // Any command takes the database over and stops it.
      if (hasOrphan) await clew.command(['migrate'])
      await wire.close()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return clew
}

type Spawning = { cwd: string; env: NodeJS.ProcessEnv; onOutput(text: string): void }

function spawnClew(args: readonly string[], { cwd, env, onOutput }: Spawning) {
  const child = spawn(process.execPath, [program, ...args], { cwd, env })
  running.add(child)
  child.once('exit', () => running.delete(child))
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput)
  return child
}

/** The machine's own settings for Clew are not for the journeys. */
function settingsOf({ port, url, dataDir }: { port: number; url: string; dataDir: string }): NodeJS.ProcessEnv {
  const ours = /^(CLEW_|DATABASE_URL$|HOST$|LANG$|LC_)/
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
    NODE_ENV: 'production',
    PORT: String(port),
    CLEW_DATA_DIR: dataDir,
    CLEW_BASE_URL: url,
    CLEW_RATE_LIMIT: '6000',
  }
}

/** The one-time link that `clew serve` printed, whole. */
export function printedSetUpLink(clew: Clew): string {
  const link = /http\S+\/app\/setup#token=\S+/.exec(clew.output())?.[0]
  if (link === undefined) throw new Error(`no one-time link was printed:\n${clew.output()}`)
  return link
}

/** Makes the owner as a script does: `clew setup`, before the first start. */
export const setUpOwner = (clew: Clew): Promise<void> =>
  clew.command(['setup', '--owner-email', owner.email, '--owner-name', owner.name, '--password-stdin'], owner.password)
