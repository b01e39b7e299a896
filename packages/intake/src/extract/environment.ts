import type { EnvironmentValue } from '../facts.ts'
import { asCorrection } from './account.ts'
import { readBrowser } from './browser.ts'
import { firstAffected } from './mentions.ts'
import { readNetwork } from './network.ts'
import { type Extractor, type Finding, type Hit, hits, type Source, sureness } from './source.ts'
import { readTunnels } from './tunnels.ts'

type Rule = { pattern: RegExp; value: (hit: Hit, source: Source) => EnvironmentValue | undefined }

const osVersion = '(?:\\s*(?:version|v\\.?|εκδοση|ekdosi)?\\s*(\\d{1,2}(?:\\.\\d{1,3}){0,2}))?(?![\\p{L}%])'
const systems: Rule[] = [
  {
    // Not "my Windows login", which is an account.
    pattern: new RegExp(
      `(?<![\\p{L}_])(?:(on|in|under|with|using|με|σε|στα|και|se|sta|me)\\s+(?:my\\s+)?)?windows(?:\\s+(xp|vista)|${osVersion})(?!\\s+(?:log-?in|password|account|server|key|licen[cs]e|hello|are|open|opens|close))`,
      'gu',
    ),
    value: ({ groups, quote }, source) => {
      const named = groups[1] ?? groups[2]
      const isName = named || groups[0] || (/W/.test(quote) && /\p{Ll}/u.test(source.text)) || source.isGreek
      return isName || isListed(source, quote) ? withVersion('Windows', named) : undefined
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\p{L}_])(?:mac\\s?os(?:\\s?x)?|os x)(?:\\s+(?:sonoma|sequoia|ventura|monterey|tahoe))?${osVersion}`,
      'gu',
    ),
    value: ({ groups }) => withVersion('macOS', groups[0]),
  },
  { pattern: /(?<!\p{L})mac\s?book(?:s|\s+(?:air|pro))?(?!\p{L})/gu, value: () => ({ os: 'macOS', device: 'laptop' }) },
  { pattern: /(?<!\p{L})(?:imac|mac\s+(?:mini|studio))(?!\p{L})/gu, value: () => ({ os: 'macOS', device: 'desktop' }) },
  { pattern: /(?<!\p{L})mac(?!\p{L}|\s+address)/gu, value: () => ({ os: 'macOS' }) },
  {
    pattern: new RegExp(`(?<![\\p{L}_])android${osVersion}`, 'gu'),
    value: ({ groups }) => withVersion('Android', groups[0]),
  },
  {
    pattern: new RegExp(
      `(?<![\\p{L}_])iphone(?:\\s+\\d{1,2}(?:\\s+(?:pro|plus|mini|max))?)?(?:,?\\s+(?:with|με|on|me)?\\s*ios${osVersion})?(?!\\p{L})`,
      'gu',
    ),
    value: ({ groups }) => ({ ...withVersion('iOS', groups[0]), device: 'phone' }),
  },
  { pattern: new RegExp(`(?<![\\p{L}_])ios${osVersion}`, 'gu'), value: ({ groups }) => withVersion('iOS', groups[0]) },
  { pattern: /(?<![\p{L}_])ipad(?!\p{L})/gu, value: () => ({ os: 'iPadOS', device: 'tablet' }) },
  {
    pattern: new RegExp(
      `(?<![\\p{L}_])(?:ubuntu|debian|fedora|linux(?:\\s+mint)?|arch linux|manjaro|pop!?_?os|opensuse|red ?hat|rhel)${osVersion}`,
      'gu',
    ),
    value: ({ groups }) => withVersion('Linux', groups[0]),
  },
  { pattern: /(?<!\p{L})(?:chrome\s?os(?!\p{L})|chromebooks?)/gu, value: () => ({ os: 'ChromeOS' }) },
]

/** A word between commas, or alone on its line, is an answer to "what do you use?". */
const isListed = (source: Source, quote: string): boolean =>
  new RegExp(`(?:^|[,.;(/]\\s*)${quote.toLowerCase()}\\s*(?:$|[,.;)/])`, 'mu').test(source.folded)

type Device = NonNullable<EnvironmentValue['device']>
const onIt = '(?:on|from|in|using|with|use|is|is an?|my|our|apo|σε|στο|στον|στη|στην|στα|απο|με|μεσω|τα|το|τον)'
const own = `(?:${onIt}\\s+(?:[\\p{L}\\d]{1,12}\\s+){0,3}|(?:^|[,.;:(]\\s*)(?:(?:samsung|xiaomi|android|windows|lenovo|dell|hp|work|allo|αλλο|company|old)\\s+)?)`
const notCalls = "(?!\\p{L}|['’]s|\\s+(?:number|calls?|support|line|data|network|hotspot|δικτυο|bill|screen ?shot))"

/** A device counts where something is done on it, or where it is listed. */
const devices: [RegExp, Device][] = [
  [/desktop app(?!\p{L})|(?:εφαρμογη|app) (?:για |του )?υπολογιστη|desktop εφαρμογη/gu, 'desktop_app'],
  [
    new RegExp(
      `${own}(?:tablet|ταμπλετα?σ?)(?!\\p{L})|(?<!\\p{L})(?:android|samsung|huawei|galaxy)\\s+(?:tablet|tab)(?!\\p{L})`,
      'gmu',
    ),
    'tablet',
  ],
  [
    new RegExp(
      `${own}(?:phone|smartphone|mobile|cell ?phone|κινητο|κινητα|galaxy|pixel(?:\\s+\\d+)?)${notCalls}|(?<!\\p{L})(?:android|samsung|xiaomi|work)\\s+(?:phone|κινητο|mobile)${notCalls}`,
      'gmu',
    ),
    'phone',
  ],
  [
    new RegExp(
      `${own}(?:laptop|notebook|λαπτοπ|φορητο|thinkpad|surface)(?!\\p{L})|(?<!\\p{L})(?:windows|linux|dell|lenovo|hp|work|ubuntu|company|allo|αλλο|gaming|old|new)\\s+(?:laptop|notebook|φορητοσ?)(?!\\p{L})|(?<!\\p{L})φορητοσ?\\s+(?:με|υπολογιστησ?)(?!\\p{L})`,
      'gmu',
    ),
    'laptop',
  ],
  [
    new RegExp(
      `${own}(?:desktop(?!\\s+(?:app|notification|version|εφαρμογη))(?:\\s+(?:pc|computer))?|pc|workstation)(?!\\p{L})|(?<!\\p{L})(?:my|work|office|desktop|windows)\\s+(?:pc|computer)(?!\\p{L})|(?<!\\p{L})(?:windows|linux|ubuntu|work)(?:\\s+\\d{1,2})?\\s+desktop(?!\\p{L}|\\s+app)|σταθερο(?:υσ?|σ|ι)?\\s+(?:υπολογιστ\\p{L}+|pc)|υπολογιστη μου|στον σταθερο|απο τον? σταθερο`,
      'gmu',
    ),
    'desktop',
  ],
]

export const readEnvironment: Extractor = (source) => {
  const system = readSystem(source)
  return [
    ...readBrowser(source),
    ...(system ? [system] : []),
    ...readDevice(source, system),
    ...readNetwork(source),
    ...readTunnels(source),
  ]
}

function readSystem(source: Source): Finding | undefined {
  const mentions = systems.flatMap(({ pattern, value }) =>
    hits(source, pattern).flatMap((hit) => {
      const read = value(hit, source)
      return read ? [{ ...hit, read }] : []
    }),
  )
  const found = firstAffected(source, mentions)
  return found && environment(source, found.read, found)
}

function readDevice(source: Source, system: Finding | undefined): Finding[] {
  const isKnown = system?.field === 'environment' && system.value.device !== undefined
  const mentions = devices.flatMap(([pattern, device]) => hits(source, pattern).map((hit) => ({ ...hit, device })))
  const app = mentions.find(({ device }) => device === 'desktop_app')
  const found = app ?? firstAffected(source, mentions)
  return found && !isKnown ? [environment(source, { device: found.device }, found)] : []
}

function withVersion(os: string, number: string | undefined): EnvironmentValue {
  return number ? { os, osVersion: number } : { os }
}

function environment(source: Source, value: EnvironmentValue, hit: Hit): Finding {
  const confidence = sureness(source, hit, 0.9)
  return {
    field: 'environment',
    value,
    quote: hit.quote.replace(/^[\s,.;:(]+/u, '').trim(),
    confidence,
    ...asCorrection(source),
  }
}
