import { type Check, shown } from '../refusal.ts'

const other = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)[^;<\s]{0,20}/

export const plainEntities: Check<string> = {
  name: 'plain-entities',
  run: (text) => {
    const found = other.exec(text)?.[0]
    return found === undefined ? undefined : { reason: 'saml.entity_refused', observed: { found: shown(found) } }
  },
}
