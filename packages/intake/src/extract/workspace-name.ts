import { fold } from '@clew/text'
import { plans } from '../facts.ts'
import { asCorrection } from './account.ts'
import { type Finding, hits, type Source } from './source.ts'

/** What is said of a room before its name: "our workspace is called", «στον οργανισμό». */
const announced =
  /(?<!\p{L})(?:workspace|organi[sz]ation|χωρο[συ]? εργασιασ|οργανισμο[συ]?)(?: (?:μασ|μου|here|name))?(?:,? (?:που )?(?:λεγεται|ονομαζεται|ειναι|με (?:το )?ονομα)|(?: is)?(?: called| named)?)[:,]? (?:of |the )?/gu
/** "The Harrow Mill workspace". */
const behind = / (?:workspace|organi[sz]ation)(?!\p{L}|s)/gu

const quoted = /^["“«'‘]([^"”»'’\n]{2,60})["”»'’]/u
/** A run of words with capitals; the small words between them belong to it. */
const capitals =
  /^((?:\p{Lu}[\p{Ll}\d&'’-]{1,30}|\p{Lu}[\p{L}\d&'’-]{1,30})(?: (?:\p{Lu}[\p{L}\d&'’-]{0,30}|&|and|of|και)){0,4})/u
const capitalsBefore =
  /(?:the|our|in|from|of|to|for) ((?:\p{Lu}[\p{L}\d&'’-]{1,30})(?: (?:\p{Lu}[\p{L}\d&'’-]{1,30}|&)){0,3})$/u
const longest = 90

const notNames = new Set([
  ...plans,
  ...'admin admins administrator settings members member owner owners id ids url name console files page i we it is the and but our my in on no not cannot can since when please new windows chrome microsoft google okta sso saml scim api team'.split(
    ' ',
  ),
])

/** The name of a workspace: in quotes, or by its capitals. */
export function readWorkspaceName(source: Source): Finding[] {
  const places = [
    ...hits(source, announced).map(({ end }) => {
      const after = source.original(end, end + longest)
      return quoted.exec(after)?.[1] ?? capitals.exec(after)?.[1]
    }),
    ...hits(source, behind).map(
      ({ start }) => capitalsBefore.exec(source.original(Math.max(0, start - longest), start))?.[1],
    ),
  ]
  for (const said of places) {
    const name = tidy(said ?? '')
    const [first = ''] = fold(name).split(/[^\p{L}\p{N}]+/u)
    if (name.length < 2 || notNames.has(first) || /^(?:org|proj|ws)[-_]/.test(name)) continue
    if (!quotesIt(source.text, name) && !/\p{Ll}/u.test(name)) continue
    return [{ field: 'workspace', value: { name }, quote: name, confidence: 0.8, ...asCorrection(source) }]
  }
  return []
}

const quotesIt = (text: string, name: string): boolean => /["“«'‘]/.test(text[text.indexOf(name) - 1] ?? '')

/** An "and" with nothing behind it is the sentence's, and so are words all in capitals behind a name that is not. */
function tidy(name: string): string {
  const words = name.split(' ')
  const isMixed = /\p{Ll}/u.test(words[0] ?? '')
  const until = isMixed ? words.findIndex((word) => /^\p{Lu}{3,}$/u.test(word)) : -1
  return (until > 0 ? words.slice(0, until) : words)
    .join(' ')
    .replace(/(?: (?:and|of|και|&))+$/u, '')
    .replace(/[.'’-]+$/u, '')
    .trim()
}
