/** One spelling for comparison: lower case, no accents or dialytika, final sigma as σ, compatibility forms resolved. */
export function fold(text: string): string {
  // Most of what is folded is plain English, or one letter of it.
  if (plain.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replaceAll('ς', 'σ')
    .normalize('NFC')
}

const plain = /^[\t\n\r -~]*$/

export type MappedFold = {
  folded: string
  /** The exact original text behind `folded.slice(start, end)`. */
  original: (start: number, end: number) => string
}

/** Folds and remembers where each folded character came from, so that a rule can quote the person verbatim. */
export function foldMapped(text: string): MappedFold {
  const offsets: number[] = []
  let folded = ''
  let offset = 0
  for (const character of text) {
    const piece = fold(character)
    for (let i = 0; i < piece.length; i++) offsets.push(offset)
    folded += piece
    offset += character.length
  }
  offsets.push(text.length)
  const original = (start: number, end: number): string => text.slice(offsets[start] ?? text.length, offsets[end])
  return { folded, original }
}
