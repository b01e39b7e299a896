import { type Finding, type Hit, hits, type Source, wordsBefore } from './source.ts'

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
const preposition = '(?:in|on|using|use|with|via|microsoft|ms|σε|στον?|με|se|sto|me)'
const otherNoun = '(?!\\p{L}|\\s+(?:of|cases?|houses?|new)(?!\\p{L}))'

/** Each captures a name and perhaps a version. */
const patterns = [
  new RegExp(`(?<!\\p{L})(firefox|chrome|chromium|safari|vivaldi|samsung internet)${version}`, 'gu'),
  // Edge, Opera and Brave are ordinary words too: they need a preposition before, or "browser" or a version behind.
  new RegExp(`(?<!\\p{L})${preposition}\\s+(?:the\\s+)?(edge|opera|brave)${otherNoun}${version}`, 'gu'),
  new RegExp(
    `(?<!\\p{L})(edge|opera|brave)\\s+(?:browser\\s*)?(?:(\\d{1,3}(?:\\.\\d{1,5}){0,3})(?![\\p{L}%])|(?<=browser\\s*))`,
    'gu',
  ),
]

const works = /^(?:works?|working|fine|ok|okay|δουλευει|λειτουργει|παιζει|doulevei|leitourgei|paizei)$/
const connecting = new Set([
  'in',
  'on',
  'with',
  'fine',
  'well',
  'σε',
  'στον',
  'στο',
  'με',
  'se',
  'sto',
  'κανονικα',
  'μια',
  'χαρα',
])
const denying = new Set(['not', 'doesnt', 'wont', 'δεν', 'den'])

/** The browser in which the problem shows. */
export function readBrowser(source: Source): Finding[] {
  const found = patterns.flatMap((pattern) => hits(source, pattern)).sort((a, b) => a.start - b.start)
  const affected = found.find((hit) => !isWhereItWorks(source, hit))
  const [word = '', browserVersion] = affected?.groups ?? []
  const browser = names[word]
  if (!affected || !browser) return []
  const value = browserVersion ? { browser, browserVersion } : { browser }
  return [{ field: 'environment', value, quote: affected.quote.trim() }]
}

/** "Works in Chrome but not in Firefox": the browser where it works is not the one to look at. */
function isWhereItWorks(source: Source, { start }: Hit): boolean {
  const before = wordsBefore(source, start, 4)
  while (before.length > 0 && connecting.has(before.at(-1) ?? '')) before.pop()
  return works.test(before.at(-1) ?? '') && !denying.has(before.at(-2) ?? '')
}
