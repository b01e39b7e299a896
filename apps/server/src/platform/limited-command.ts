import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'

export type LimitedCommand = {
  argv: readonly [string, ...string[]]
  input: string
  timeoutMs: number
  maxBytes: number
}

export type CommandAnswer = { output: string } | { failure: 'command' | 'timeout' | 'too_large' }

/**
 * Runs a program of the operator without a shell, with `input` on its stdin, and reads its stdout. It gets none of our
 * own settings. It and what it started are killed when it takes too long or says too much. Never throws.
 */
export function runLimited({ argv, input, timeoutMs, maxBytes }: LimitedCommand): Promise<CommandAnswer> {
  const [program, ...args] = argv
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      shell: false,
      // A group of its own, so that what it starts can be killed with it.
      detached: true,
      env: ownEnvironment(),
    })
    const pieces: Buffer[] = []
    let length = 0
    const end = (answer: CommandAnswer): void => {
      clearTimeout(timer)
      resolve(answer)
    }
    const cut = (failure: 'timeout' | 'too_large'): void => {
      killAll(child)
      end({ failure })
    }
    const timer = setTimeout(() => cut('timeout'), timeoutMs)
    child.on('error', () => end({ failure: 'command' }))
    // It may end without reading what it was given.
    child.stdin.on('error', () => undefined)
    child.stderr.resume()
    child.stdout.on('data', (piece: Buffer) => {
      length += piece.length
      if (length > maxBytes) cut('too_large')
      else pieces.push(piece)
    })
    child.on('close', (code) =>
      end(code === 0 ? { output: Buffer.concat(pieces).toString('utf8') } : { failure: 'command' }),
    )
    child.stdin.end(input)
  })
}

/** Enough to find programs and speak a language; passwords of the database and keys stay here. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TZ } = process.env
  return Object.fromEntries(Object.entries({ PATH, HOME, LANG, TZ }).filter(([, value]) => value !== undefined))
}

function killAll({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
