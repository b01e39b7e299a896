// A private-use character, which no catalogue and no keyboard holds.
const fence = '\uE000'

/** Stands in for something that is not text, such as a link, while the sentence is put together. */
export const slot = (name: string): string => `${fence}${name}${fence}`

/** Cuts a finished sentence at its slots: `fill(t('site.more', { guide: slot('guide') }), { guide: <a … /> })`. */
export function fill<Piece>(sentence: string, pieces: Readonly<Record<string, Piece>>): (string | Piece)[] {
  return sentence
    .split(fence)
    .map((part, index) => (index % 2 === 0 ? part : (Object.hasOwn(pieces, part) && pieces[part]) || ''))
    .filter((part) => part !== '')
}
