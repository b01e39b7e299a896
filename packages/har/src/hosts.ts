import type { CaptureEntry } from './capture.ts'

const SECOND_LEVEL = /^(?:co|com|org|net|gov|edu|ac|gr)$/

/** The part of a host's name that belongs to one owner: `northlight.example` of `app.northlight.example:8443`. */
export function siteOf(host: string): string {
  const name = withoutPort(host)
  if (/^[\d.:[\]a-f]+$/i.test(name) && /[\d\]]$/.test(name)) return name
  const labels = name.split('.')
  const take = labels.length > 2 && SECOND_LEVEL.test(labels.at(-2) ?? '') && (labels.at(-1) ?? '').length === 2 ? 3 : 2
  return labels.slice(-take).join('.')
}

export function withoutPort(host: string): string {
  return host.replace(/:\d{1,5}$/, '')
}

export function isWithin(host: string, parent: string): boolean {
  return host === parent || host.endsWith(`.${parent}`)
}

/** The host of an address; empty when it has none. */
export function hostOf(address: string): string {
  return /^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/(?:[^/?#@]{0,512}@)?([^/?#]{1,512})/i.exec(address)?.[1]?.toLowerCase() ?? ''
}

const IDENTITY_LABELS =
  /(?:^|\.)(?:sso|idp|adfs|login|signin|auth|accounts?|id|identity|iam|oauth|sts|cas|fs|shibboleth)(?:\d|-[a-z\d-]*)?\./
const IDENTITY_SITES =
  /(?:^|\.)(?:okta(?:preview|-emea)?|auth0|onelogin|pingidentity|pingone|duosecurity|microsoftonline|jumpcloud|cyberark|idaptive|workos|frontegg|stytch|clerk)\./

/** A host that tells others who somebody is, by its name. */
export function isIdentityHost(host: string): boolean {
  return IDENTITY_SITES.test(host) || IDENTITY_LABELS.test(host)
}

const TRACKERS =
  /(?:^|\.)(?:google-analytics|googletagmanager|googletagservices|googlesyndication|googleadservices|doubleclick|adservice|analytics|adnxs|adsrvr|criteo|taboola|outbrain|scorecardresearch|quantserve|quantcount|hotjar|fullstory|mouseflow|clarity|segment|mixpanel|amplitude|heap(?:analytics)?|intercom|hubspot|hs-(?:scripts|analytics)|marketo|mktoresp|munchkin|optimizely|chartbeat|newrelic|nr-data|sentry|bugsnag|datadoghq|browser-intake-datadoghq|logrocket|posthog|rudderstack|statsig|launchdarkly|branch|appsflyer|adjust|facebook|connect\.facebook|licdn|ads-twitter|ads|bat\.bing|snapchat|pinimg|tiktok|yandex|matomo|omtrdc|demdex|adobedtm|everesttech|rubiconproject|pubmatic|openx|casalemedia|moatads|amazon-adsystem|krxd|bluekai|crwdcntrl|tapad|rlcdn|mathtag|bidswitch|imrworldwide|onetrust|cookielaw|trustarc|usercentrics|stats|metrics|telemetry|pixel|beacon|tracking|tracker)\./

/** Analytics, advertising and error collection: nothing that somebody waits for. */
export function isTrackerHost(host: string): boolean {
  return TRACKERS.test(host)
}

/** The site whose page was recorded: the one most was asked of and for. Without a page, where the requests came from. */
export function inferOwnSites(entries: readonly CaptureEntry[]): string[] {
  const documents = entries.filter(
    (entry) => entry.host !== '' && (entry.resourceType === 'document' || entry.mime.includes('html')),
  )
  const pages = documents.filter((entry) => !isIdentityHost(entry.host) && !isTrackerHost(entry.host))
  const shown = pages.filter((entry) => entry.status > 0 && entry.status < 400)
  const candidates = [shown, pages, documents].find((list) => list.length > 0) ?? []
  const counts = countSites(entries.flatMap((entry) => [entry.host, askingHostOf(entry)]))
  const sites = candidates.length > 0 ? candidates.map((entry) => siteOf(entry.host)) : sitesAsking(entries)
  const [first, ...others] = new Set(sites)
  if (first === undefined) return []
  return [others.reduce((best, site) => ((counts.get(site) ?? 0) > (counts.get(best) ?? 0) ? site : best), first)]
}

function sitesAsking(entries: readonly CaptureEntry[]): string[] {
  const asking = entries.map(askingHostOf).filter((host) => host !== '')
  return (asking.length > 0 ? asking : entries.map((entry) => entry.host).filter((host) => host !== '')).map(siteOf)
}

function askingHostOf(entry: CaptureEntry): string {
  return hostOf(entry.requestHeaders.get('origin') ?? entry.requestHeaders.get('referer') ?? '')
}

function countSites(hosts: readonly string[]): Map<string, number> {
  const byHost = new Map<string, number>()
  for (const host of hosts) if (host !== '') byHost.set(host, (byHost.get(host) ?? 0) + 1)
  const bySite = new Map<string, number>()
  for (const [host, count] of byHost) bySite.set(siteOf(host), (bySite.get(siteOf(host)) ?? 0) + count)
  return bySite
}
