/** A fact's value, which comes as JSON, as somebody would write it down: `text` alone says what it is, other parts are named. */
export function inWords(value: string): string {
  const parsed = read(value)
  if (typeof parsed !== 'object' || parsed === null) return value
  return Object.entries(parsed)
    .map(([name, part]) => (name === 'text' ? plain(part) : `${name}: ${plain(part)}`))
    .join(', ')
}

const plain = (part: unknown): string =>
  Array.isArray(part) ? part.map(plain).join(', ') : typeof part === 'string' ? part : JSON.stringify(part)

function read(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}
