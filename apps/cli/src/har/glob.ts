import { readdir } from 'node:fs/promises'
import path from 'node:path'

/** True when a name holds signs of a pattern. */
export const isPattern = (name: string): boolean => /[*?[\]{}]/.test(name)

const MAX_FOUND = 100_000

/** The files that a pattern names, in order: `*`, `?`, `[abc]`, `{a,b}` within a name, `**` over folders. */
export async function expandPattern(pattern: string): Promise<string[]> {
  const found = new Set<string>()
  for (const alternative of alternatives(pattern)) {
    const parts = alternative.split(/[/\\]+/)
    const isAbsolute = path.isAbsolute(alternative)
    await walk(isAbsolute ? path.parse(alternative).root : '', isAbsolute ? parts.slice(1) : parts, found)
  }
  return [...found].sort()
}

async function walk(folder: string, parts: readonly string[], found: Set<string>): Promise<void> {
  const [part, ...rest] = parts
  if (part === undefined || found.size >= MAX_FOUND) return
  if (part === '.' || part === '..') return walk(path.join(folder, part), rest, found)
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(() => [])
  if (part === '**') {
    await walk(folder, rest, found)
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    for (const { name } of folders) await walk(path.join(folder, name), parts, found)
    return
  }
  const matches = matcher(part)
  for (const entry of entries.filter(({ name }) => matches(name))) {
    const full = path.join(folder, entry.name)
    if (rest.length > 0) await walk(full, rest, found)
    else if (!entry.isDirectory()) found.add(full)
  }
}

/** As in a shell, a name that begins with a dot is matched only by a pattern that does. */
function matcher(part: string): (name: string) => boolean {
  const body = part
    .replace(/[.+^$()|\\{}]/g, '\\$&')
    .replace(/\[!/g, '[^')
    .replace(/\*+/g, '[^]*')
    .replace(/\?/g, '[^]')
  let pattern: RegExp
  try {
    pattern = new RegExp(`^${body}$`)
  } catch {
    return (name) => name === part
  }
  return (name) => (part.startsWith('.') || !name.startsWith('.')) && pattern.test(name)
}

/** `{a,b}` written out; what is nested or unclosed stays as it is. */
function alternatives(pattern: string): string[] {
  const match = /\{([^{}]*,[^{}]*)\}/.exec(pattern)
  if (match === null) return [pattern]
  const [whole, choice = ''] = match
  return choice
    .split(',')
    .slice(0, 50)
    .flatMap((one) => alternatives(pattern.slice(0, match.index) + one + pattern.slice(match.index + whole.length)))
    .slice(0, 1_000)
}
