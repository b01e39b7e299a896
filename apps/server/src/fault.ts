import { inspect } from 'node:util'

/**
 * A defect, as whoever runs Clew can pass it on: message and stack, and those of its causes. Node itself would show the
 * line of the throw as well, which in a bundle is a hundred thousand characters long.
 */
export function faultOf(error: unknown): string {
  const seen = new Set<unknown>()
  const parts: string[] = []
  for (let each = error; each !== undefined && each !== null && !seen.has(each) && seen.size < 5; ) {
    seen.add(each)
    parts.push(each instanceof Error ? (each.stack ?? String(each)) : inspect(each, { depth: 2 }))
    each = each instanceof Error ? each.cause : undefined
  }
  return parts.join('\n  because of ')
}

/** An error that nobody caught ends the process, with what is to be said of it. Answers with how to stop listening. */
export function endOnFault(): () => void {
  const end = (error: unknown): void => {
    process.stderr.write(`${faultOf(error)}\n`)
    process.exit(1)
  }
  process.on('uncaughtException', end)
  return () => process.off('uncaughtException', end)
}
