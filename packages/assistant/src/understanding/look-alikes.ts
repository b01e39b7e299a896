/**
 * Letters of another script that look like those of the word they stand in are read as what they look like. A word is only
 * touched where it mixes scripts, or where every letter of it has a twin and the words around it are in Latin letters.
 */
export function withoutLookAlikes(text: string): string {
  // Letters in circles and boxes, and those of formulas, are letters.
  const plain = dressed.test(text) ? text.replace(dressedAll, (run) => run.normalize('NFKC').toLowerCase()) : text
  if (!foreign.test(plain)) return plain
  const isLatin = (plain.match(latin)?.length ?? 0) > 2
  return plain.replace(word, (one) => asOneScript(one, isLatin))
}

const dressed = /[\u2460-\u24FF\u{1D400}-\u{1D7FF}\uFF01-\uFF5E\u{1F130}-\u{1F189}]/u
const dressedAll = new RegExp(dressed.source, 'gu')
const foreign = /\p{Script=Cyrillic}|[\p{Script=Latin}\p{M}]\p{Script=Greek}|\p{Script=Greek}\p{M}*\p{Script=Latin}/u
const latin = /\p{Script=Latin}/gu
const word = /[\p{L}\p{M}]+/gu

const cyrillic = 'аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅ'
const cyrillicTwins = 'aeopcyxijshdqwABEKMHOPCTXYIJS'
const greek = 'αεικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'
const greekTwins = 'aeiknoptuxwABEZHIKMNOPTYX'

const pairs = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map(Array.from(from, (letter, at) => [letter, to[at] ?? letter]))
const fromCyrillic = pairs(cyrillic, cyrillicTwins)
const fromGreek = pairs(greek, greekTwins)
const toGreek = pairs('aoeivpuxkAOEIBPYXKTMNH', 'αοεινρυχκΑΟΕΙΒΡΥΧΚΤΜΝΗ')

function asOneScript(one: string, isLatin: boolean): string {
  const letters = [...one]
  const counts = {
    latin: letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length,
    greek: letters.filter((letter) => /\p{Script=Greek}/u.test(letter)).length,
  }
  const other = letters.filter((letter) => /\p{Script=Cyrillic}/u.test(letter))
  const isTwin = isLatin && other.length === letters.length && other.every((letter) => fromCyrillic.has(letter))
  const plain = (counts.latin > 0 && other.length > 0) || isTwin ? changed(letters, fromCyrillic) : letters
  if (counts.latin === 0 || counts.greek === 0) return plain.join('')
  return changed(plain, counts.greek > counts.latin ? toGreek : fromGreek).join('')
}

const changed = (letters: readonly string[], twins: ReadonlyMap<string, string>): string[] =>
  letters.map((letter) => twins.get(letter) ?? letter)
