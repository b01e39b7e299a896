import type { SetFact } from '@clew/contract/cases'

export type BrowserEnvironment = {
  browser?: string
  browserVersion?: string
  os?: string
  osVersion?: string
  device: 'phone' | 'tablet' | 'desktop'
}

type ClientHints = {
  brands: { brand: string; version: string }[]
  mobile: boolean
  platform: string
  getHighEntropyValues?(names: string[]): Promise<{
    platformVersion?: string
    fullVersionList?: { brand: string; version: string }[]
  }>
}
export type BrowserSays = { userAgent: string; maxTouchPoints?: number; userAgentData?: ClientHints }

/** What the browser says of itself. Nothing is sent: the person sees it first. */
export async function readEnvironment(browser: BrowserSays): Promise<BrowserEnvironment> {
  const guessed = fromUserAgent(browser.userAgent, browser.maxTouchPoints ?? 0)
  const hints = browser.userAgentData
  if (hints === undefined) return guessed
  const more = await hints.getHighEntropyValues?.(['platformVersion', 'fullVersionList']).catch(() => undefined)
  const brand = (more?.fullVersionList ?? hints.brands)
    .filter(({ brand: name }) => !/not.?a|^chromium$/i.test(name))
    .at(0)
  return {
    ...guessed,
    ...(brand === undefined ? {} : { browser: brand.brand, browserVersion: shorten(brand.version) }),
    ...(hints.platform === '' ? {} : platformOf(hints.platform, more?.platformVersion)),
    device: hints.mobile ? 'phone' : guessed.device,
  }
}

// The order matters: everybody claims to be Safari, and Edge and Opera claim to be Chrome.
const browsers: readonly [name: string, version: RegExp][] = [
  ['Microsoft Edge', /Edg(?:e|A|iOS)?\/([\d.]+)/],
  ['Opera', /(?:OPR|OPT)\/([\d.]+)/],
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /(?:Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
]
const systems: readonly [name: string, version: RegExp][] = [
  ['iOS', /(?:iPhone|iPad|iPod).*? OS ([\d_]+)/],
  ['Android', /Android ([\d.]+)?/],
  ['Windows', /Windows NT ([\d.]+)/],
  ['ChromeOS', /CrOS \S+ ([\d.]+)/],
  ['macOS', /Mac OS X ([\d_.]+)?/],
  ['Linux', /Linux()/],
]

function fromUserAgent(userAgent: string, touchPoints: number): BrowserEnvironment {
  const [browser, browserVersion] = firstMatch(browsers, userAgent)
  let [os, osVersion] = firstMatch(systems, userAgent)
  // An iPad says it is a Mac; no Mac has a touch screen.
  const isPad = os === 'macOS' && touchPoints > 1
  if (isPad) [os, osVersion] = ['iPadOS', undefined]
  // Windows and macOS have frozen what they say here, so saying it would mislead.
  if (os === 'Windows' || os === 'macOS') osVersion = undefined
  return {
    ...(browser === undefined ? {} : { browser }),
    ...(browserVersion === undefined ? {} : { browserVersion: shorten(browserVersion) }),
    ...(os === undefined ? {} : { os }),
    ...(osVersion ? { osVersion: osVersion.replaceAll('_', '.') } : {}),
    device: isPad ? 'tablet' : deviceOf(userAgent),
  }
}

function deviceOf(userAgent: string): BrowserEnvironment['device'] {
  // Tablets with Android leave out "Mobile".
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(userAgent)) return 'tablet'
  return /Mobi|iPhone|iPod/.test(userAgent) ? 'phone' : 'desktop'
}

function firstMatch(
  list: readonly [string, RegExp][],
  text: string,
): [name?: string | undefined, version?: string | undefined] {
  for (const [name, pattern] of list) {
    const match = pattern.exec(text)
    if (match !== null) return [name, match[1]]
  }
  return []
}

function platformOf(platform: string, version: string | undefined): { os: string; osVersion?: string } {
  if (!version) return { os: platform }
  // Windows 11 gives 13 and above (its documented rule); Windows 10 gives 1 to 10.
  if (platform === 'Windows') return { os: platform, osVersion: Number.parseInt(version, 10) >= 13 ? '11' : '10' }
  return { os: platform, osVersion: shorten(version) }
}

const shorten = (version: string): string => version.split('.').slice(0, 2).join('.').replace(/\.0$/, '')

export type EnvironmentFact = Extract<SetFact, { field: 'environment' }>
export type EnvironmentAnswer = { network?: NonNullable<EnvironmentFact['value']['network']>; vpn: boolean }

/** What goes to the case once the person has agreed: what was found, and what they added. */
export const environmentFact = (found: BrowserEnvironment, { network, vpn }: EnvironmentAnswer): EnvironmentFact => ({
  field: 'environment',
  value: { ...found, ...(network === undefined ? {} : { network }), ...(vpn ? { vpn } : {}) },
  source: 'browser',
})
