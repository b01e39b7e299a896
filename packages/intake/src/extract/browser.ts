import { asCorrection } from './account.ts'
import { firstAffected } from './mentions.ts'
import { expects, type Finding, hits, type Source, sureness } from './source.ts'

const names: Record<string, string> = {
  firefox: 'Firefox',
  chrome: 'Chrome',
  chromium: 'Chromium',
  safari: 'Safari',
  vivaldi: 'Vivaldi',
  'samsung internet': 'Samsung Internet',
  edge: 'Edge',
  opera: 'Opera',
  brave: 'Brave',
}

const version = '(?:[\\s/]*(?:version|v\\.?|εκδοση|ekdosi)?\\s*(\\d{1,3}(?:\\.\\d{1,5}){0,3}))?(?![\\p{L}%])'
const preposition =
  '(?:in|on|have|has|running|tried|try|using|use|with|via|microsoft|ms|from|to|was|is|its|and|or|meant|for|σε|στον?|με|απο|τον|το|και|η|ηταν|ειναι|χρησιμοποιω|ston?|me|se|apo)'
const ordinary = '(?!\\p{L}|[-\\s]+(?:of|cases?|houses?|new|enough|music|singers?|house)(?!\\p{L}))'

/** Each captures a name and perhaps a version. */
const patterns = [
  new RegExp(
    `(?<![\\p{L}_./-])(firefox|chrome|chromium|safari|vivaldi|samsung internet)(?!\\s?os(?!\\p{L}))${version}`,
    'gu',
  ),
  // Edge, Opera and Brave are ordinary words too: something beside them must say that a browser is meant.
  new RegExp(`(?<!\\p{L})${preposition}\\s+(?:the\\s+|τον\\s+)?(edge|opera|brave)${ordinary}${version}`, 'gu'),
  new RegExp(`(?<!\\p{L})(edge|opera|brave)\\s+browser(?!\\p{L})`, 'gu'),
  new RegExp(`(?<!\\p{L})(edge|opera|brave)\\s+(?:version\\s+|v)?(\\d{1,3}(?:\\.\\d{1,5}){0,3})(?![\\p{L}%])`, 'gu'),
  // In a list of facts: "Opera, Windows 11", "… page. edge, windows".
  new RegExp(
    `(?:^|[.,;:(/\\n\\p{So}]\\s*)(edge|opera|brave)(?=\\s*(?:$|[,/)\\n]|[.](?:\\s|$)|(?:on|σε|στα|se|sta)\\s+(?:windows|linux|mac|android|ubuntu|ios)))`,
    'gu',
  ),
]

/** The browser in which the problem shows. */
export function readBrowser(source: Source): Finding[] {
  const mentions = patterns.flatMap((pattern) => hits(source, pattern))
  const affected = firstAffected(source, mentions) ?? bareAnswer(source)
  const [word = '', browserVersion] = affected?.groups ?? []
  const browser = names[word]
  if (!affected || !browser) return []
  const value = browserVersion ? { browser, browserVersion } : { browser }
  const confidence = sureness(source, affected, 0.92)
  return [{ field: 'environment', value, quote: affected.quote.trim(), confidence, ...asCorrection(source) }]
}

function bareAnswer(source: Source): ReturnType<typeof hits>[number] | undefined {
  if (!expects(source, 'environment')) return undefined
  return firstAffected(source, hits(source, /(?<!\p{L})(edge|opera|brave)()(?!\p{L})/gu))
}
