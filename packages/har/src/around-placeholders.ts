import { findPlaceholders } from '@clew/redact'

/**
 * A text that quotes placeholders of ours: those stay, and each stretch between them goes like any other text. Undefined
 * when it quotes none. Signs without letters or digits say nothing, so that what was written here comes out as it was.
 */
export function aroundPlaceholders(value: string, net: (text: string) => string, replace: Replace): string | undefined {
  const quoted = value.includes('chars]') ? findPlaceholders(value) : []
  if (quoted.length === 0) return undefined
  const stretches = stretchesBetween(value, quoted)
  if (isOfAddress(value, quoted) && isOneWord(stretches.join(''), net)) return value
  return stretches.map((stretch, i) => aroundWords(stretch, replace) + placeholderAt(value, quoted[i])).join('')
}

type Replace = (stretch: string) => string
type Place = { start: number; end: number }

/** One more than there are placeholders. */
function stretchesBetween(value: string, quoted: readonly Place[]): string[] {
  let from = 0
  const before = quoted.map(({ start, end }) => {
    const stretch = value.slice(from, start)
    from = end
    return stretch
  })
  return [...before, value.slice(from)]
}

const placeholderAt = (value: string, place: Place | undefined): string =>
  place === undefined ? '' : value.slice(place.start, place.end)

/**
 * What is left of a part of an address that stays: `rules-[erased:01af,15chars].js`. There placeholders have no blanks, it is
 * no word of a sentence, and it holds nothing that the nets find.
 */
const isOfAddress = (value: string, quoted: readonly Place[]): boolean =>
  quoted.every((place) => !placeholderAt(value, place).includes(' '))

const isOneWord = (rest: string, net: (text: string) => string): boolean =>
  rest.length < 200 && !/\s/.test(rest) && net(rest) === rest

function aroundWords(stretch: string, replace: Replace): string {
  const words = stretch.trim()
  if (!/[\p{L}\p{N}]/u.test(words)) return stretch
  const start = stretch.length - stretch.trimStart().length
  return stretch.slice(0, start) + replace(words) + stretch.slice(start + words.length)
}
