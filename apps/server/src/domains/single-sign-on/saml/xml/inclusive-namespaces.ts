import type { XmlElement } from './reader.ts'
import { attributeOf, childElements, isNamed, ns } from './walk.ts'

/** Whether an algorithm takes no parameter but the prefixes to carry along, and few of them. */
export function takesPrefixesOnly(algorithm: XmlElement): boolean {
  const parameters = childElements(algorithm)
  return parameters.length <= 1 && parameters.every(isPrefixList)
}

function isPrefixList(element: XmlElement): boolean {
  const list = attributeOf(element, 'PrefixList') ?? ''
  return (
    isNamed(element, [ns.exclusive, 'InclusiveNamespaces']) && list.length <= 256 && childElements(element).length === 0
  )
}
