type TypedAddress = { createScriptURL(address: string): string }
type TrustedTypes = { createPolicy(name: string, rules: TypedAddress): TypedAddress }

/** Under `require-trusted-types-for 'script'` a script's address needs a policy: ours is called `clew-bubble`. */
export function scriptAddress(source: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (trustedTypes === undefined) return source
  policy ??= trustedTypes.createPolicy('clew-bubble', { createScriptURL: (address) => address })
  return policy.createScriptURL(source)
}

let policy: TypedAddress | undefined
