/** Products that stand between people and the web: filters, security gateways, inspecting proxies. */
const PRODUCTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Zscaler', /zscaler|zscloud\.net|zscalertwo|zscalerthree/i],
  ['Fortinet', /fortinet|fortiguard|fortigate|fortiproxy/i],
  ['Palo Alto Networks', /palo ?alto networks|globalprotect|prisma access/i],
  ['Netskope', /netskope|goskope/i],
  ['Symantec (Blue Coat)', /blue ?coat|bcsi-|symantec (?:web|proxy|endpoint)|cloud secure web gateway/i],
  ['Forcepoint', /forcepoint|websense/i],
  ['Cisco', /opendns|cisco-wsa|cisco umbrella|umbrella\.cisco|cisco secure (?:web|access)|ironport/i],
  ['Sophos', /sophos/i],
  ['Barracuda', /barracuda/i],
  ['Check Point', /check ?point (?:software|usercheck|firewall)|usercheck/i],
  ['SonicWall', /sonicwall/i],
  ['WatchGuard', /watchguard/i],
  ['Skyhigh (McAfee)', /mcafee web|skyhigh (?:secure|security|web)|mcafee gateway/i],
  ['Trend Micro', /trend ?micro/i],
  ['Kaspersky', /kaspersky/i],
  ['ESET', /\beset\b(?! up)/i],
  ['Bitdefender', /bitdefender/i],
  ['Avast', /\bavast\b|\bavg (?:web|technologies|antivirus)/i],
  ['Cloudflare Gateway', /cloudflare gateway|gateway ca - cloudflare|cloudflare for teams|cloudflare-gateway/i],
  ['Smoothwall', /smoothwall/i],
  ['Lightspeed', /lightspeed (?:systems|filter|relay)/i],
  ['GoGuardian', /goguardian/i],
  ['Securly', /securly/i],
  ['iboss', /\biboss\b/i],
  ['Menlo Security', /menlo security|menlosecurity/i],
  ['ContentKeeper', /contentkeeper/i],
  ['e2guardian', /e2guardian|dansguardian/i],
  ['Squid', /\bsquid\b/i],
  ['Untangle', /untangle/i],
  ['AdGuard', /adguard/i],
]

/** Debugging proxies put their own certificate in the way too. */
const DEBUGGERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Charles', /charles proxy/i],
  ['Fiddler', /fiddler|do_not_trust/i],
  ['mitmproxy', /mitmproxy/i],
  ['Proxyman', /proxyman/i],
  ['Burp Suite', /portswigger|burp/i],
]

export function productNamed(text: string): string {
  return text === '' ? '' : (PRODUCTS.find(([, pattern]) => pattern.test(text))?.[0] ?? '')
}

export function interceptorNamed(issuer: string): string {
  return productNamed(issuer) || (DEBUGGERS.find(([, pattern]) => pattern.test(issuer))?.[0] ?? '')
}

const BLOCKING =
  /(?:access|page|site|website|request|url|content|category|connection)[^<>.]{0,60}\b(?:blocked|denied|restricted|prohibited|not (?:allowed|permitted))|\b(?:blocked|denied|restricted|filtered) (?:by|because|due)|violat\w{1,6}[^<>.]{0,60}polic|web ?filter|acceptable use policy|αποκλε[ίι]στηκε|δεν επιτρέπεται η πρόσβαση|zugriff (?:verweigert|gesperrt)|acc[eè]s (?:bloqu|refus)|acceso (?:bloquead|denegad)/i
const BY_THE_NETWORK =
  /by (?:your|the) (?:organi[sz]ation|administrator|company|network|school|it department|system administrator)|contact your (?:network |system |it )?administrator/i
const OWN_TITLE = /^(?:web page blocked!?|access to (?:this|the) (?:web)?site (?:is|has been) blocked)/i
const MAX_PAGE = 16_384

/** The product that wrote a page which says that something is blocked; `?` when it says so without a name. */
export function filterProductIn(title: string, html: string): string {
  if (OWN_TITLE.test(title)) return productNamed(html.slice(0, MAX_PAGE)) || '?'
  const page = html.slice(0, MAX_PAGE)
  if (!BLOCKING.test(page)) return ''
  return productNamed(page) || (BY_THE_NETWORK.test(page) ? '?' : '')
}
