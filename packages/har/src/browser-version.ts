import type { BrowserName } from './scene.ts'

export interface BrowserVersion {
  name: BrowserName | 'ie'
  label: string
  version: number
}

/** What a site that is built today asks for when nobody says otherwise: browsers of spring 2023. */
export const DEFAULT_MINIMUM: Readonly<Record<BrowserName, number>> = {
  chrome: 109,
  edge: 109,
  firefox: 102,
  safari: 16,
}

/** The more special first: everybody calls themselves Safari, and most Chrome. */
const BROWSERS: readonly (readonly [name: BrowserVersion['name'], label: string, pattern: RegExp])[] = [
  ['ie', 'Internet Explorer', /\bMSIE (\d{1,3})|Trident\/.{0,40}rv:(\d{1,3})/],
  ['edge', 'Edge', /\bEdgA?\/(\d{1,4})|\bEdge\/(\d{1,4})/],
  ['firefox', 'Firefox', /\bFirefox\/(\d{1,4})/],
  ['chrome', 'Chrome', /\bChrom(?:e|ium)\/(\d{1,4})/],
  ['safari', 'Safari', /\bVersion\/(\d{1,4})[\d.]{0,20} (?:Mobile\/\w{1,20} )?Safari\//],
]

/** Others build on these with numbers of their own, and robots are nobody's browser. */
const OTHERS =
  /\bOPR\/|Opera|SamsungBrowser|YaBrowser|Vivaldi|FxiOS|CriOS|EdgiOS|PhantomJS|Headless|bot\b|crawl|spider|Android \d/i

export function browserOf(userAgent: string): BrowserVersion | undefined {
  const text = userAgent.slice(0, 1_000)
  if (text === '' || OTHERS.test(text)) return undefined
  for (const [name, label, pattern] of BROWSERS) {
    const match = pattern.exec(text)
    if (match !== null) return { name, label, version: Number(match[1] ?? match[2]) }
  }
  return undefined
}
