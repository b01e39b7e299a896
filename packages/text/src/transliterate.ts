/** How people type Greek in Latin letters: by sound (η → i, ω → o) or by shape and keyboard (η → h, ω → w, θ → 8). */
export type Habit = 'phonetic' | 'visual'

const pairs: Record<Habit, Record<string, string>> = {
  phonetic: { ου: 'ou', αυ: 'af', ευ: 'ef', μπ: 'mp', ντ: 'nt', γκ: 'gk', γγ: 'gg', ει: 'ei', οι: 'oi', αι: 'ai' },
  visual: { ου: 'ou' },
}
const letters: Record<Habit, Record<string, string>> = {
  phonetic: {
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'ks',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'y',
    φ: 'f',
    χ: 'ch',
    ψ: 'ps',
    ω: 'o',
  },
  visual: {
    α: 'a',
    β: 'b',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'h',
    θ: '8',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: '3',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'u',
    φ: 'f',
    χ: 'x',
    ψ: 'ps',
    ω: 'w',
  },
}

/** Greek text in Latin letters, without accents; anything that is not Greek stays as it is. */
export function transliterate(text: string, habit: Habit): string {
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('\u037e', '?')
  let out = ''
  for (let i = 0; i < plain.length; i++) {
    const letter = plain[i] ?? ''
    const pair = pairs[habit][plain.slice(i, i + 2).toLowerCase()]
    const written = pair ?? letters[habit][letter.toLowerCase()] ?? letter
    if (pair) i++
    out += letter === letter.toLowerCase() ? written : capitalise(written)
  }
  return out
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
