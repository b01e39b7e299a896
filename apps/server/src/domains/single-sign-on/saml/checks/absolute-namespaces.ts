import { type Check, shown } from '../refusal.ts'
import type { XmlTree } from '../xml/reader.ts'

const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/

/** Canonicalisers give up on relative namespaces, and some then sign the empty string. */
export const absoluteNamespaces: Check<XmlTree> = {
  name: 'absolute-namespaces',
  run: ({ elements }) => {
    const scopes = new Set(elements.map(({ scope }) => scope))
    const found = [...scopes].flatMap(({ own }) => [...own.values()]).find((uri) => uri !== '' && !absolute.test(uri))
    return found === undefined ? undefined : { reason: 'saml.namespace_refused', observed: { namespace: shown(found) } }
  },
}
