import type { Check } from '../refusal.ts'
import type { XmlTree } from '../xml/reader.ts'

export const singleRoot: Check<XmlTree> = {
  name: 'single-root',
  run: ({ roots, strayText }) =>
    roots.length === 1 && !strayText ? undefined : { reason: 'saml.second_root', observed: { roots: roots.length } },
}
