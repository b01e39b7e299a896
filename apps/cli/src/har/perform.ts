import { exitCode, type Io } from '../io.ts'
import type { Words } from '../words.ts'
import { oneOf, readOptions, type Verb } from './options.ts'
import { removeUnfinished } from './outputs.ts'
import { progressLine } from './progress.ts'
import { refusalOf } from './refusals.ts'
import type { Session } from './session.ts'

/** Does what one verb asks for; only that verb's code is loaded. */
export async function perform(asked: { verb: Verb; args: readonly string[] }, io: Io, t: Words): Promise<number> {
  const { stdin, stdout, stderr, env } = io
  const ctrlC = io.signal === undefined ? watchInterrupts() : undefined
  const signal = io.signal ?? ctrlC?.signal
  const session: Session = {
    io: { stdin, stdout, stderr, env, ...(signal === undefined ? {} : { signal }) },
    t,
    progress: progressLine(io, t),
  }
  try {
    return await run(asked, session)
  } catch (error) {
    session.progress.clear()
    const refusal = refusalOf(t, error, '')
    if (refusal === undefined || refusal.code === exitCode.usage) throw error
    stderr.write(`${refusal.text}\n`)
    return refusal.code
  } finally {
    session.progress.clear()
    ctrlC?.dispose()
  }
}

async function run({ verb, args }: { verb: Verb; args: readonly string[] }, session: Session): Promise<number> {
  switch (verb) {
    case 'sanitise':
      return (await import('./sanitise.ts')).sanitise(session, read(verb, args))
    case 'analyse':
      return (await import('./analyse.ts')).analyseFiles(session, read(verb, args))
    case 'validate':
      return (await import('./validate.ts')).validateFiles(session, read(verb, args))
    case 'view':
      return (await import('./view.ts')).view(session, read(verb, args))
    case 'diff':
      return (await import('./diff.ts')).diff(session, read(verb, args))
  }
}

function read<V extends Verb>(verb: V, args: readonly string[]): ReturnType<typeof readOptions<V>> {
  const asked = readOptions(verb, args)
  const { lang } = asked.values as { lang?: string }
  if (lang !== undefined) oneOf('--lang', lang, ['en', 'el'])
  return asked
}

/** Ctrl+C ends the work in order, so that no half-written copy stays; a second one ends it at once. */
function watchInterrupts(): { signal: AbortSignal; dispose(): void } {
  const stop = new AbortController()
  const abort = (): void => {
    if (stop.signal.aborted) {
      removeUnfinished()
      process.exit(exitCode.stopped)
    }
    stop.abort()
  }
  const names = ['SIGINT', 'SIGTERM'] as const
  for (const name of names) process.on(name, abort)
  return { signal: stop.signal, dispose: () => names.forEach((name) => process.off(name, abort)) }
}
