const trailing = /[\s.…,;:·–-]+$/u

/**
 * A text of at most `most` characters; what was cut off ends in one ellipsis, with no dot, comma or blank before it. It
 * is cut between characters as people see them, never inside a surrogate pair.
 */
export function shorten(text: string, most: number): string {
  const characters = [...text]
  if (characters.length <= most) return text
  return `${characters
    .slice(0, most - 1)
    .join('')
    .replace(trailing, '')}…`
}
