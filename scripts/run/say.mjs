import path from 'node:path'

export const root = path.join(import.meta.dirname, '../..')
export const inRoot = (...parts) => path.join(root, ...parts)

/** One line of progress. */
export const say = (line) => console.log(`[clew] ${line}`)

export function fail(sentence) {
  console.error(`[clew] ${sentence}`)
  process.exit(1)
}

/** Runs the work, saying what it is, that it still goes on, and how long it took. */
export async function timed(what, work) {
  const startedAt = performance.now()
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  say(`${what} …`)
  const reminder = setInterval(() => say(`${what} … ${seconds()}`), 5_000)
  try {
    const result = await work()
    say(`${what}: done in ${seconds()}`)
    return result
  } finally {
    clearInterval(reminder)
  }
}
