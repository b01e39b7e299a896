import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from 'tldts'
import { isPublicMailDomain } from './public-mail-domains.ts'

export type NameProblem = 'domain.invalid' | 'domain.public_suffix' | 'domain.public_mail'

/**
 * The domain in what somebody typed (an address, a URL, a name in any script), as name servers know it; or what is
 * wrong with it.
 */
export function domainIn(typed: string): { name: string } | { problem: NameProblem } {
  const host = hostIn(typed)
  const ascii = domainToASCII(host.replace(/\.$/, ''))
  const labels = ascii.split('.')
  const isName =
    ascii.length > 0 && ascii.length <= 253 - '_clew-challenge.'.length && labels.length > 1 && labels.every(isLabel)
  if (!isName) return { problem: 'domain.invalid' }
  const { isIp, domain } = parse(ascii, { allowPrivateDomains: true })
  if (isIp) return { problem: 'domain.invalid' }
  // Nobody owns `co.uk` or `github.io`, and whoever proves one would speak for everybody below it.
  if (domain === null) return { problem: 'domain.public_suffix' }
  if (isPublicMailDomain(ascii)) return { problem: 'domain.public_mail' }
  return { name: ascii }
}

function hostIn(typed: string): string {
  const text = typed.trim().toLowerCase()
  const withoutScheme = text.replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
  const authority = withoutScheme.split(/[/?#]/)[0] ?? ''
  return (authority.split('@').at(-1) ?? '').replace(/:\d+$/, '')
}

const isLabel = (label: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)

export const shownName = (name: string): string => domainToUnicode(name) || name

/** The name itself and what lies above it, the nearest first, down to what somebody could have registered. */
export function nameAndParents(name: string): string[] {
  const { domain } = parse(name, { allowPrivateDomains: true })
  if (domain === null) return [name]
  const names = [name]
  for (let at = name; at !== domain && at.includes('.'); ) {
    at = at.slice(at.indexOf('.') + 1)
    names.push(at)
  }
  return names
}
