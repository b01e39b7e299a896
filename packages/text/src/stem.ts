const hasGreek = /\p{Script=Greek}/u

/** Light stemmer for a folded word; chosen by its letters, because Greek texts are full of English words. */
export function stem(folded: string): string {
  return hasGreek.test(folded) ? stemGreek(folded) : stemEnglish(folded)
}

const greekEndings = longestFirst(`
  ατα ατων ατος ιση ισης
  ομαι εσαι εται ομαστε εστε ονται ουμε ετε ουν ουνε εις ει ω
  αμε ατε αν ανε ησα ησε ηθηκα ηθηκε ηθηκαν θηκα θηκε θηκαν ηκα ηκε ηκαν ησω ησει ησουμε ησετε ησουν
  οντας ωντας ημενος ημενη ημενο μενος μενη μενο μενα μενοι μενες
  ος ου ους ον ων οι ο η ης ες α ας ε ι εων εως υ ικα`)

/** Strips one Greek inflection ending, so that κωδικός, κωδικό, κωδικού and κωδικών meet. */
export function stemGreek(folded: string): string {
  return stripOne(folded, greekEndings, 3)
}

const doubled = /([bdfgmnprt])\1$/

/** Strips plural, -ing, -ed and -ly, then evens out a final e or y, so that upload, uploads, uploaded, uploading meet. */
export function stemEnglish(folded: string): string {
  if (folded.length < 4 || /\d/.test(folded)) return folded
  let word = singular(folded)
  const verb = word.replace(/(?:ing|ed)$/, '')
  if (verb !== word && verb.length >= 3 && /[aeiouy]/.test(verb)) word = verb.replace(doubled, '$1')
  if (word.length > 5) word = word.replace(/ly$/, '')
  return word.length > 3 ? word.replace(/e$/, '').replace(/y$/, 'i') : word
}

function singular(word: string): string {
  if (word.endsWith('ies')) return word.replace(/ies$/, word.length > 4 ? 'y' : 'ie')
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

const skeletonEndings = longestFirst(
  'ata aton atos ome ese ete onte Ume Un is i o ame ate an ika ike ikan os U Us on a as e es',
)

/** The same as `stemGreek` for a word already reduced by `skeleton`. */
export function stemSkeleton(key: string): string {
  return stripOne(key, skeletonEndings, 3)
}

function longestFirst(list: string): readonly string[] {
  return list
    .replaceAll('ς', 'σ')
    .trim()
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)
}

function stripOne(word: string, endings: readonly string[], minimum: number): string {
  const ending = endings.find((candidate) => word.endsWith(candidate) && word.length - candidate.length >= minimum)
  return ending ? word.slice(0, -ending.length) : word
}
