import { type Check, shown } from '../refusal.ts'
import type { XmlElement, XmlTree } from '../xml/reader.ts'
import { ns } from '../xml/walk.ts'

/**
 * An identifier is the attribute `ID` (in signatures and encryption `Id`), never one of a namespace:
 * verifiers that search by local name find `x:ID` too, and then look at another element than we do.
 */
export const plainIds: Check<XmlTree> = {
  name: 'plain-ids',
  run: ({ elements }) => {
    for (const element of elements) {
      for (const { name, local, value } of element.attributes) {
        if (local.toLowerCase() !== 'id' || name.startsWith('xmlns')) continue
        if (name === nameFor(element) && /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/.test(value)) continue
        return { reason: 'saml.id_refused', observed: { attribute: shown(name), value: shown(value) } }
      }
    }
    return undefined
  },
}

const nameFor = ({ namespace }: XmlElement) =>
  namespace === ns.signature || namespace === ns.encryption || namespace === ns.encryption11 ? 'Id' : 'ID'
