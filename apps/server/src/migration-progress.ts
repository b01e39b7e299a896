import type { MigrationStep } from './platform/migrations.ts'
import { say } from './say.ts'

/** How often a step is told at most. An empty database has dozens, and all of them take less. */
const everyMs = 1_000

/** Tells of the migrations while they run: the first, then each second where they are. `end` says that they are done. */
export function migrationProgress(onStep: (text: string) => void) {
  let latest: MigrationStep | undefined
  let telling: NodeJS.Timeout | undefined
  const tell = (): void => {
    telling = undefined
    if (latest) onStep(say('cli.migrating', latest))
  }
  return {
    step: (step: MigrationStep): void => {
      const isFirst = latest === undefined
      latest = step
      if (isFirst) tell()
      telling ??= setTimeout(tell, everyMs)
    },
    end: (count: number): void => {
      clearTimeout(telling)
      if (count > 0) onStep(say('cli.prepared', { count }))
    },
  }
}
