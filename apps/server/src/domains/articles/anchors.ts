import { fold, transliterate } from '@clew/text'

/** Ids that the page around an article uses, and names under which a page would find our own globals. */
const taken = ['main', 'steps', 'feedback', 'stuck', 'toc', 'next', 'q', 'clew']

const longest = 60

/**
 * Names headings within one article. Greek is written in Latin letters, so that a link reads well wherever it is
 * pasted; a second heading of the same name gets a number.
 */
export function createAnchors(): (heading: string) => string {
  const used = new Set(taken)
  return (heading) => {
    const name = slugOf(heading)
    let anchor = name
    for (let n = 2; used.has(anchor); n += 1) anchor = `${name}-${n}`
    used.add(anchor)
    return anchor
  }
}

function slugOf(heading: string): string {
  const latin = fold(transliterate(heading, 'phonetic'))
  const words = latin.match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, longest).replace(/-+$/, '') || 'part'
}
