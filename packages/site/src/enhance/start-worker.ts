interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** Starts a worker of our own origin, also where the page demands trusted types (policy `clew-site`). */
export function startWorker(address: string): Worker {
  const trusted = (window as Window & { trustedTypes?: TrustedTypes }).trustedTypes
  policy ??= trusted?.createPolicy('clew-site', { createScriptURL: ownOrigin })
  return new Worker(policy?.createScriptURL(address) ?? ownOrigin(address), { type: 'module' })
}

function ownOrigin(address: string): string {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) throw new Error('A worker comes from our own origin')
  return url.href
}
