/**
 * What stands in the addresses that browsers asked Clew for, and must not (ASVS 14.2.1): something that nobody could
 * guess, or somebody's mail address. Names of values that opened nothing are not repeated.
 */
export function faultsInAddresses(requests: readonly string[]): string[] {
  const faults = requests.flatMap((request) => {
    if (isOfAProtocol(request)) return []
    const address = request.replace(/^\w+ /, '')
    if (/@|%40/.test(address)) return [`a mail address in ${address.split('?')[0]}`]
    const secret = address.split(/[/?&=#]/).find(isUnguessable)
    return secret === undefined ? [] : [`what looks like a token in ${address.replace(secret, '…')}`]
  })
  return [...new Set(faults)]
}

/**
 * OpenID Connect brings its code and state back in the query (RFC 6749 §4.1.2); each serves once, in one browser. A mail
 * program posts to the address that `List-Unsubscribe` gives it (RFC 8058); it stops the mails of one incident.
 */
const isOfAProtocol = (request: string): boolean =>
  /^GET \/sso\/oidc\/[\w-]+\/callback\?/.test(request) || /^POST \/(?:en|el)\/status\/unfollow\//.test(request)

/** As the server makes them: 128 or 256 bits in base64url. */
const isUnguessable = (part: string): boolean =>
  /^(?:[\w-]{22}|[\w-]{43})$/.test(part) && /[A-Z]/.test(part) && /[a-z]/.test(part) && /\d/.test(part)
