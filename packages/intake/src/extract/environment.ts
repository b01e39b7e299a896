import type { EnvironmentValue } from '../facts.ts'
import { readBrowser } from './browser.ts'
import { type Extractor, type Finding, firstHit, type Hit, hits, type Source } from './source.ts'
import { readTunnels } from './tunnels.ts'

type Rule = { pattern: RegExp; value: (hit: Hit) => EnvironmentValue | undefined }

const osVersion = '(?:\\s*(?:version|v\\.?|εκδοση|ekdosi)?\\s*(\\d{1,2}(?:\\.\\d{1,3}){0,2}))?(?![\\p{L}%])'
const systems: Rule[] = [
  {
    pattern: new RegExp(`(?<!\\p{L})windows(?:\\s+(xp|vista)|${osVersion})`, 'gu'),
    value: ({ groups, quote }) => {
      const named = groups[0] ?? groups[1]
      return named || quote.startsWith('W') ? withVersion('Windows', named) : undefined
    },
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:mac\\s?os(?:\\s?x)?|os x)(?:\\s+(?:sonoma|sequoia|ventura|monterey|tahoe))?${osVersion}`,
      'gu',
    ),
    value: ({ groups }) => withVersion('macOS', groups[0]),
  },
  {
    pattern: /(?<!\p{L})(?:mac(?!\s+address)|macbook|imac)(?!\p{L})/gu,
    value: () => ({ os: 'macOS', device: 'desktop' }),
  },
  {
    pattern: new RegExp(`(?<!\\p{L})android${osVersion}`, 'gu'),
    value: ({ groups }) => withVersion('Android', groups[0]),
  },
  {
    pattern: new RegExp(`(?<!\\p{L})(?:iphone\\s+)?ios${osVersion}`, 'gu'),
    value: ({ groups }) => withVersion('iOS', groups[0]),
  },
  { pattern: /(?<!\p{L})iphone(?!\p{L})/gu, value: () => ({ os: 'iOS', device: 'phone' }) },
  { pattern: /(?<!\p{L})ipad(?!\p{L})/gu, value: () => ({ os: 'iPadOS', device: 'tablet' }) },
  {
    pattern: new RegExp(`(?<!\\p{L})(?:ubuntu|debian|fedora|linux(?:\\s+mint)?|arch linux)${osVersion}`, 'gu'),
    value: ({ groups }) => withVersion('Linux', groups[0]),
  },
  { pattern: /(?<!\p{L})chrome\s?os(?!\p{L})|chromebook/gu, value: () => ({ os: 'ChromeOS' }) },
]

const devices: [RegExp, NonNullable<EnvironmentValue['device']>][] = [
  [/desktop app|(?:εφαρμογη|app) (?:για |του )?υπολογιστη|efarmogi (?:gia )?ypologisti/gu, 'desktop_app'],
  [/(?<!\p{L})(?:tablet|ταμπλετ|tampleta?)(?!\p{L})/gu, 'tablet'],
  [
    /(?<!\p{L})(?:phone(?!\s+(?:number|call))|smartphone|mobile(?!\s+(?:data|network|number))|κινητο(?!\s+δικτυο)|kinito)(?!\p{L})/gu,
    'phone',
  ],
  [
    /(?<!\p{L})(?:laptop|(?:my|work|office|desktop) (?:pc|computer)|desktop(?! app)|λαπτοπ|φορητο|υπολογιστη μου|ypologisti mou)(?!\p{L})/gu,
    'desktop',
  ],
]

const networks: [RegExp, NonNullable<EnvironmentValue['network']>][] = [
  [
    /(?:company|corporate|office|work)(?:'s)? (?:proxy|network|wi-?fi|vpn|firewall|internet|lan)|(?:from|at) (?:the )?office|εταιρικ\p{L}+ (?:δικτυο|proxy|vpn|wi-?fi|τειχοσ|διακομιστη\p{L}*)|απο το γραφειο|etairik\p{L}+ (?:diktyo|diktio|proxy|vpn)|apo to grafeio/gu,
    'corporate',
  ],
  [
    /home (?:wi-?fi|network|internet|connection|office)|(?:from|at) home|σπιτικο|απο το σπιτι|στο σπιτι|του σπιτιου|(?:apo|sto) to? ?spiti|tou spitiou/gu,
    'home',
  ],
  [/mobile data|(?<!\p{L})[45]g(?!\p{L})|hotspot|δεδομενα κινητησ|dedomena kinitis/gu, 'mobile'],
  [
    /(?:hotel|airport|public|cafe|library)(?:'s)? (?:wi-?fi|network|internet)|(?:wi-?fi|δικτυο) (?:του )?(?:ξενοδοχει\p{L}+|αεροδρομι\p{L}+)|δημοσιο (?:wi-?fi|δικτυο)/gu,
    'public',
  ],
]

export const readEnvironment: Extractor = (source) => [
  ...readBrowser(source),
  ...readFirst(source, systems),
  ...readNamed(source, devices, (device) => ({ device })),
  ...readNamed(source, networks, (network) => ({ network })),
  ...readTunnels(source),
]

function readFirst(source: Source, rules: readonly Rule[]): Finding[] {
  for (const { pattern, value } of rules) {
    for (const hit of hits(source, pattern)) {
      const read = value(hit)
      if (read) return [environment(read, hit.quote.trim())]
    }
  }
  return []
}

function readNamed<T>(
  source: Source,
  patterns: readonly [RegExp, T][],
  value: (name: T) => EnvironmentValue,
): Finding[] {
  for (const [pattern, name] of patterns) {
    const hit = firstHit(source, pattern)
    if (hit) return [environment(value(name), hit.quote)]
  }
  return []
}

function withVersion(os: string, number: string | undefined): EnvironmentValue {
  return number ? { os, osVersion: number } : { os }
}

function environment(value: EnvironmentValue, quote: string): Finding {
  return { field: 'environment', value, quote }
}
