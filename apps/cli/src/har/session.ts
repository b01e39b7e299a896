import type { Io } from '../io.ts'
import type { Words } from '../words.ts'
import type { Progress } from './progress.ts'
import { refusalOf } from './refusals.ts'

/** What every verb works with. */
export interface Session {
  io: Io
  t: Words
  progress: Progress
}

/**
 * Does the work for each file, says which could not be read and goes on. Answers with the worst exit code: a file that
 * cannot be read counts more than what was found in others.
 */
export async function forEachFile(
  session: Session,
  files: readonly string[],
  work: (file: string) => Promise<number>,
): Promise<number> {
  let worst = 0
  for (const file of files) {
    try {
      worst = Math.max(worst, await work(file))
    } catch (error) {
      session.progress.clear()
      const refusal = refusalOf(session.t, error, file)
      if (refusal === undefined || refusal.endsAll) throw error
      session.io.stderr.write(`${refusal.text}\n`)
      worst = Math.max(worst, refusal.code)
    }
  }
  return worst
}
