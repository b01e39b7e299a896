import { type Habit, transliterate } from '@clew/text'

/** Ways in which people write what they could have written properly. */
export const perturbations = ['typos', 'no accents', 'capitals', 'greeklish by sound', 'greeklish by shape'] as const
export type Perturbation = (typeof perturbations)[number]

/** What no slip may touch, because the label names it: addresses, ids, links, code, quoted words. */
const machineText =
  /```[\s\S]*?```|`[^`\n]*`|\S*[@/\\_=<>{}]\S*|«[^»\n]*»|"[^"\n]*"|“[^”\n]*”|(?<![\p{L}])'[^'\n]*'|\S*\d\S*/gu

/** Writes a message in another way; `kept` are words that must stay as they are. The seed makes it repeatable. */
export function perturb(
  text: string,
  how: Perturbation,
  { kept = [], seed }: { kept?: readonly string[]; seed: number },
): string {
  const random = generator(seed)
  return outside(text, kept, (part) => {
    switch (how) {
      case 'typos':
        return part.replace(/\p{L}{5,}/gu, (word) => (random() < 0.3 ? mistype(word, random) : word))
      case 'no accents':
        return part
          .normalize('NFD')
          .replace(/\p{M}+/gu, '')
          .normalize('NFC')
      case 'capitals':
        return part.toUpperCase()
      default:
        return transliterate(part, habits[how]).toLowerCase()
    }
  })
}

const habits: Record<'greeklish by sound' | 'greeklish by shape', Habit> = {
  'greeklish by sound': 'phonetic',
  'greeklish by shape': 'visual',
}

function outside(text: string, kept: readonly string[], change: (part: string) => string): string {
  const places = [...text.matchAll(machineText)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  for (const word of kept) {
    const start = text.indexOf(word)
    if (start >= 0) places.push({ start, end: start + word.length })
  }
  let out = ''
  let last = 0
  for (const { start, end } of places.sort((a, b) => a.start - b.start)) {
    if (end <= last) continue
    out += change(text.slice(last, Math.max(last, start))) + text.slice(Math.max(last, start), end)
    last = end
  }
  return out + change(text.slice(last))
}

/** One edit behind the first letter: left out, doubled, swapped with its neighbour, or another letter of the word. */
function mistype(word: string, random: () => number): string {
  const letters = [...word]
  const at = 1 + Math.floor(random() * (letters.length - 2))
  const kind = Math.floor(random() * 4)
  const [here = '', next = ''] = [letters[at], letters[at + 1]]
  if (kind === 0) letters.splice(at, 1)
  else if (kind === 1) letters.splice(at, 0, here)
  else if (kind === 2) letters.splice(at, 2, next, here)
  else letters[at] = letters[(at + 2) % letters.length] ?? here
  return letters.join('')
}

function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
