/** Whether a browser may be sent there with a request to sign in: encrypted, or on this machine. */
export function isSafeAddress(location: string): boolean {
  const url = URL.canParse(location) ? new URL(location) : undefined
  if (!url || url.username || url.password) return false
  return (
    url.protocol === 'https:' || (url.protocol === 'http:' && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname))
  )
}
