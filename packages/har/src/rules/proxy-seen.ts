import type { CaptureEntry } from '../capture.ts'
import { proxyHeaders } from '../entry-kinds.ts'
import { productNamed } from '../filter-products.ts'
import type { EntryRule } from '../finding.ts'
import { siteOf } from '../hosts.ts'

/** Traffic passes a proxy on the customer's side. */
export const proxySeen: EntryRule = {
  id: 'proxy-seen',
  severity: 'low',
  per: 'capture',
  quotesIds: false,
  select: (scene) => {
    const named = scene.proxied.map((entry) => ({ entry, names: namesIn(entry) }))
    const shared = namesOfManySites(named)
    return named.filter((one) => isProxied(one, shared)).map(({ entry }) => entry)
  },
  describe: (entries) => ({ product: entries.map(nameOf).find((name) => name !== '') ?? '' }),
  customer: {
    en: 'Your traffic passes a proxy[[ ({product})]] before it reaches us.',
    el: 'Η κίνησή σας περνά από διακομιστή μεσολάβησης[[ ({product})]] πριν φτάσει σε εμάς.',
  },
  agent: {
    en: '{count} {count?request passed|requests passed} a proxy on the customer’s side[[: {product}]]. Keep it in mind for uploads, streams and size limits.',
    el: '{count} {count?αίτημα πέρασε|αιτήματα πέρασαν} από διακομιστή μεσολάβησης στην πλευρά του πελάτη[[: {product}]]. Λάβετέ το υπόψη για μεταφορτώσεις, ροές και όρια μεγέθους.',
  },
}

/** Those that stand before a server and not before a reader. */
const FRONTS =
  /varnish|cloudfront|google|fastly|akamai|ghost|vegur|heroku|envoy|kong|nginx|openresty|apache|traffic ?server|\bats\b|h2o|caddy|haproxy|istio|cache-|edge|cdn|bunny|sucuri|incapsula|imperva|linode|vercel|netlify|fly\.io|alproxy|mws|jetty|tengine|azion|instart|limelight|lighttpd|router|railway|render|kestrel|traefik|squarespace|wix|pepyaka|shopify|gunicorn|gateway/i
const SITES = 3

interface Named {
  entry: CaptureEntry
  names: readonly string[]
}

function isProxied({ entry, names }: Named, shared: ReadonlySet<string>): boolean {
  return (entry.timings.proxy ?? 0) > 0 || names.some((name) => shared.has(name)) || productOf(entry) !== ''
}

function nameOf(entry: CaptureEntry): string {
  return productOf(entry) || (namesIn(entry)[0] ?? '')
}

/** Squid stands before servers too, and vendors have sites of their own. */
function productOf(entry: CaptureEntry): string {
  const product = productNamed(proxyHeaders(entry))
  return product === 'Squid' || (product !== '' && productNamed(entry.host) !== '') ? '' : product
}

/** What calls itself the same in the answers of several owners belongs to none of them. */
function namesOfManySites(named: readonly Named[]): ReadonlySet<string> {
  const sites = new Map<string, Set<string>>()
  for (const { entry, names } of named)
    for (const name of names) {
      const seen = sites.get(name) ?? new Set()
      sites.set(name, seen.add(siteOf(entry.host)))
    }
  return new Set(Array.from(sites).flatMap(([name, seen]) => (seen.size >= SITES ? [name] : [])))
}

/** `1.1 proxy.corp (squid/5)` in Via, and `MISS from proxy.corp` in X-Cache. */
function namesIn(entry: CaptureEntry): string[] {
  const via = (entry.responseHeaders.get('via') ?? '').slice(0, 2_000)
  const cache = (entry.responseHeaders.get('x-cache') ?? '').slice(0, 2_000)
  const stations = via.split(',').map((station) => station.trim().replace(/^(?:[a-z]{1,10}\/)?\d(?:\.\d)? /i, ''))
  const caches = Array.from(cache.matchAll(/\bfrom ([\w.-]{3,100})/g), (match) => match[1] ?? '')
  return [...stations, ...caches]
    .filter((name) => name.length > 2 && !FRONTS.test(name))
    .map((name) => name.slice(0, 80))
}
