import type { CaptureEntry } from '../capture.ts'
import { isApiCall, wantsOnlyJson } from '../entry-kinds.ts'
import { productNamed } from '../filter-products.ts'
import type { EntryRule } from '../finding.ts'
import { hostOf, siteOf } from '../hosts.ts'
import { groupBy, type Scene } from '../scene.ts'

/** A filter on the way answered in place of the server. */
export const blockPage: EntryRule = {
  id: 'block-page',
  severity: 'high',
  elsewhere: 'medium',
  per: 'host',
  quotesIds: false,
  select: (scene) => {
    const repeated = pagesOfManySites(scene)
    const answers = new Set([...scene.pages, ...scene.redirects])
    return [...answers].filter((entry) => productOf(entry) !== '' || repeated.has(entry))
  },
  describe: (entries) => {
    const product = entries.map(productOf).find((name) => name !== '' && name !== '?') ?? ''
    return { product }
  },
  undecidable: (scene) =>
    scene.withStatus(403).some((entry) => scene.isFirstParty(entry) && isHiddenPage(entry))
      ? {
          en: 'A 403 came as a web page whose text is not in the file, so it cannot be seen whether a filter wrote it.',
          el: 'Ένα 403 ήρθε ως ιστοσελίδα της οποίας το κείμενο δεν είναι στο αρχείο, οπότε δεν φαίνεται αν την έγραψε κάποιο φίλτρο.',
        }
      : undefined,
  customer: {
    en: 'A web filter on your network[[ ({product})]] blocked {host}.',
    el: 'Ένα φίλτρο ιστού στο δίκτυό σας[[ ({product})]] απέκλεισε το {host}.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} got a filter’s page[[ by {product}]] with {status} instead of our answer, {count?|first }{method} {path}.',
    el: '{count} {count?αίτημα προς {host} πήρε|αιτήματα προς {host} πήραν} σελίδα φίλτρου[[ ({product})]] με {status} αντί για τη δική μας απάντηση, {count?|πρώτο }το {method} {path}.',
  },
  nextStep: {
    en: 'Ask your IT department to allow {host}.',
    el: 'Ζητήστε από το τμήμα πληροφορικής σας να επιτρέψει το {host}.',
  },
}

const ANSWERS = new Set([200, 302, 303, 307, 403, 404, 451, 503])

/** The name of the product; `?` when it is a filter without one, empty when it is no filter. */
function productOf(entry: CaptureEntry): string {
  if (!ANSWERS.has(entry.status)) return ''
  const { responseHeaders, redirectUrl, evidence } = entry
  if (redirectUrl !== '') return redirectedTo(entry, hostOf(redirectUrl))
  const isUnexpected = entry.status >= 400 || (isApiCall(entry) && wantsOnlyJson(entry))
  if (!isUnexpected || !entry.mime.includes('html')) return ''
  const named = productNamed(
    ['server', 'via', 'x-squid-error', 'x-cache', 'www-authenticate']
      .map((name) => responseHeaders.get(name) ?? '')
      .join(' '),
  )
  if (named !== '' && named !== 'Squid') return named
  if (responseHeaders.get('x-squid-error')?.startsWith('ERR_ACCESS_DENIED') === true) return 'Squid'
  const isTheirOwn = productNamed(entry.host) !== ''
  return isTheirOwn ? '' : evidence.filterProduct
}

/** Some filters send the browser to a page of their own. */
function redirectedTo(entry: CaptureEntry, host: string): string {
  if (host === '' || siteOf(host) === siteOf(entry.host)) return ''
  return /(?:^|\.)(?:gateway\.zscaler\w*|block\.opendns|blocked?\.\w+|block(?:ed)?page|webfilter|urlblock)\b/i.test(
    host,
  )
    ? productNamed(host) || '?'
    : ''
}

const SITES = 3

/** The same error page under the names of several owners was written by none of them. */
function pagesOfManySites(scene: Scene): ReadonlySet<CaptureEntry> {
  const pages = scene.failing.filter(
    (entry) => entry.status === 403 && entry.evidence.title !== '' && isBlockTitle(entry.evidence.title),
  )
  const same = [...groupBy(pages, (entry) => entry.evidence.title).values()].filter(
    (group) => new Set(group.map((entry) => siteOf(entry.host))).size >= SITES,
  )
  return new Set(same.flat())
}

/** Titles that a well-known front of the operator's own writes too prove nothing. */
function isBlockTitle(title: string): boolean {
  return /block|restrict|denied|filter|policy/i.test(title) && !/cloudflare|just a moment/i.test(title)
}

function isHiddenPage(entry: CaptureEntry): boolean {
  return (
    entry.mime.includes('html') &&
    (!entry.hasBody || (entry.evidence.bodyLooksLike === 'html' && entry.evidence.isHidden))
  )
}
