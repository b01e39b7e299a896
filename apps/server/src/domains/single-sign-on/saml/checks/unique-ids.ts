import { type Check, shown } from '../refusal.ts'
import type { XmlTree } from '../xml/reader.ts'

export const uniqueIds: Check<XmlTree> = {
  name: 'unique-ids',
  run: ({ elements }) => {
    const seen = new Set<string>()
    for (const { local, value } of elements.flatMap(({ attributes }) => attributes)) {
      if (local.toLowerCase() !== 'id') continue
      if (seen.has(value)) return { reason: 'saml.duplicate_id', observed: { id: shown(value) } }
      seen.add(value)
    }
    return undefined
  },
}
