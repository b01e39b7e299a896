/** First letters of the first and the last name; a dot for someone who has not said. */
export function initialsOf(name: string | undefined): string {
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = ends.map((word) => [...(word ?? '')][0] ?? '').join('')
  return letters === '' ? '·' : letters.toLocaleUpperCase()
}
