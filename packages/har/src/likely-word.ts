/** For each letter, those that often follow it in words of software and of English. */
const FOLLOWERS: readonly (readonly [letter: string, followers: string])[] = [
  ['a', 'abcdefgijklmnprstuvwxyz'],
  ['b', 'abcdefijlorstuy'],
  ['c', 'abcdefhiklmorstuy'],
  ['d', 'abcdefgilnoprsuy'],
  ['e', 'abcdefghijklmnopqrstuvwxy'],
  ['f', 'abcdefilorstuy'],
  ['g', 'aefghilmnoprstu'],
  ['h', 'aeilmnorstuy'],
  ['i', 'abcdefgklmnoprstvxz'],
  ['j', 'aeos'],
  ['k', 'adeilnostu'],
  ['l', 'acdefgiklnoprstuvy'],
  ['m', 'abdeilmopsu'],
  ['n', 'acdefghijklmnoprstuvy'],
  ['o', 'abcdefgijklmnoprstuvwxy'],
  ['p', 'adeghilmoprstuy'],
  ['q', 'u'],
  ['r', 'abcdefgiklmnoprstuvwy'],
  ['s', 'acdefhiklmnopqrstuwy'],
  ['t', 'acdefghilmoprstuwy'],
  ['u', 'abcdefgilmnoprst'],
  ['v', 'aeiou'],
  ['w', 'aehilnors'],
  ['x', 'aceimpt'],
  ['y', 'aceilmnopstw'],
  ['z', 'aeio'],
]

const A = 0x61
const LETTERS = 26

const FOLLOWS = new Uint8Array(LETTERS * LETTERS)
for (const [letter, followers] of FOLLOWERS) {
  for (const next of followers) FOLLOWS[(letter.charCodeAt(0) - A) * LETTERS + next.charCodeAt(0) - A] = 1
}

/**
 * Small letters, of which each pair is a usual one. Nine words of ten are; of twelve letters drawn by lot fewer than one in a
 * hundred. For places where what is no word is a secret.
 */
export function isLikelyWord(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const letter = text.charCodeAt(i) - A
    if (letter < 0 || letter >= LETTERS) return false
    if (i > 0 && FOLLOWS[(text.charCodeAt(i - 1) - A) * LETTERS + letter] !== 1) return false
  }
  return text !== ''
}
