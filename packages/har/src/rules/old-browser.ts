import { browserOf, DEFAULT_MINIMUM } from '../browser-version.ts'
import type { EntryRule } from '../finding.ts'
import type { Scene } from '../scene.ts'

/** A browser below the list of those supported. */
export const oldBrowser: EntryRule = {
  id: 'old-browser',
  severity: 'medium',
  per: 'capture',
  quotesIds: false,
  select: (scene) => {
    const spoken = scene.entries.find((entry) => scene.isFirstParty(entry) && entry.requestHeaders.has('user-agent'))
    return spoken !== undefined && isTooOld(spoken.requestHeaders.get('user-agent') ?? '', scene) ? [spoken] : []
  },
  describe: ([first], scene) => {
    const browser = browserOf(first?.requestHeaders.get('user-agent') ?? '')
    if (browser === undefined) return {}
    return {
      browser: browser.label,
      version: String(browser.version),
      minimum: String(minimumOf(browser.name, scene) ?? ''),
    }
  },
  customer: {
    en: 'Your browser, {browser} {version}, is older than those we support.',
    el: 'Το πρόγραμμα περιήγησής σας, {browser} {version}, είναι παλιότερο από όσα υποστηρίζουμε.',
  },
  agent: {
    en: 'The browser is {browser} {version}[[; we support {minimum} and newer]].',
    el: 'Το πρόγραμμα περιήγησης είναι {browser} {version}[[· υποστηρίζουμε από το {minimum} και μετά]].',
  },
  nextStep: { en: 'Update the browser.', el: 'Ενημερώστε το πρόγραμμα περιήγησης.' },
}

function isTooOld(userAgent: string, scene: Scene): boolean {
  const browser = browserOf(userAgent)
  if (browser === undefined) return false
  if (browser.name === 'ie') return true
  return browser.version < (minimumOf(browser.name, scene) ?? 0)
}

function minimumOf(name: keyof typeof DEFAULT_MINIMUM | 'ie', scene: Scene): number | undefined {
  return name === 'ie' ? undefined : (scene.options.minimumBrowsers?.[name] ?? DEFAULT_MINIMUM[name])
}
