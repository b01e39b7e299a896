interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** An address of our own origin as a script, also where the page demands trusted types (policy `clew-site`). */
export function ownScript(address: string): string {
  const trusted = (window as Window & { trustedTypes?: TrustedTypes }).trustedTypes
  policy ??= trusted?.createPolicy('clew-site', { createScriptURL: ownOrigin })
  return policy?.createScriptURL(address) ?? ownOrigin(address)
}

export const startWorker = (address: string): Worker => new Worker(ownScript(address), { type: 'module' })

function ownOrigin(address: string): string {
  const url = new URL(address, location.href)
  if (url.origin !== location.origin) throw new Error('A script comes from our own origin')
  return url.href
}
