/** What a page's content security policy keeps from the bubble, in the order of its weight. */
export type PolicyFault = 'script' | 'connect' | 'frame'

/** Reads a policy as a browser does (CSP 3, 2.2.1): the first directive of a name counts, and some fall back. */
export function policyFaults(policy: string, origin: string): PolicyFault[] {
  const directives = new Map<string, string[]>()
  for (const part of policy.replace(/^\s*content-security-policy(?:-report-only)?\s*:/i, '').split(';')) {
    const [name, ...sources] = part.trim().toLowerCase().split(/\s+/)
    if (name && !directives.has(name)) directives.set(name, sources)
  }
  const of = (...names: string[]): string[] | undefined =>
    names.map((name) => directives.get(name)).find((sources) => sources !== undefined)

  const scripts = of('script-src-elem', 'script-src', 'default-src')
  const canLoad = allows(scripts, origin) || scripts?.some((source) => source.startsWith("'nonce-")) === true
  const faults: [PolicyFault, boolean][] = [
    ['script', canLoad],
    ['connect', allows(of('connect-src', 'default-src'), origin)],
    ['frame', allows(of('frame-src', 'child-src', 'default-src'), origin)],
  ]
  return faults.filter(([, isFine]) => !isFine).map(([fault]) => fault)
}

/** Whether a list of sources has an origin. No list: everything is allowed. */
function allows(sources: readonly string[] | undefined, origin: string): boolean {
  if (sources === undefined) return true
  const { protocol, host, hostname } = new URL(origin)
  return sources.some((source) => {
    if (source === '*' || source === protocol) return true
    const [scheme, rest = ''] = source.includes('://') ? source.split('://') : [undefined, source]
    if (scheme !== undefined && `${scheme}:` !== protocol) return false
    const named = rest.replace(/\/.*$/, '')
    if (named.startsWith('*.')) return hostname.endsWith(named.slice(1).replace(/:.*$/, ''))
    return named === host
  })
}

// As the server reads them: `https://app.example.com`, `https://*.example.com`.
const originPattern = /^https?:\/\/(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i

export const isOrigin = (line: string): boolean => originPattern.test(line.replace(/\/$/, ''))

/** Whether the page at an address may hold the bubble. */
export function mayHold(page: string, origins: readonly string[]): boolean | undefined {
  if (!URL.canParse(page)) return undefined
  const { origin } = new URL(page)
  if (origin === 'null') return undefined
  if (origins.length === 0) return true
  return origins.some((listed) => {
    const [scheme = '', rest] = listed.toLowerCase().split('*.')
    return rest === undefined ? origin === scheme : origin.startsWith(scheme) && origin.endsWith(`.${rest}`)
  })
}
