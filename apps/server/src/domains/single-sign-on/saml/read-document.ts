import type { Check } from './refusal.ts'
import { Refused } from './refusal.ts'
import type { Steps } from './steps.ts'
import { readXml, type XmlElement, XmlProblem, type XmlTree } from './xml/reader.ts'

export type DocumentChecks = Readonly<{
  bytes: readonly Check<Buffer>[]
  text: readonly Check<string>[]
  tree: readonly Check<XmlTree>[]
}>

export type ReadDocument = Readonly<{ source: string; tree: XmlTree; root: XmlElement }>

/** From bytes to a tree, asking before each step whether the next may be taken. */
export function readDocument(bytes: Buffer, { table, steps }: { table: DocumentChecks; steps: Steps }): ReadDocument {
  steps.ask(table.bytes, bytes)
  // A parser reports every line end as one \n; done here, all who read the text read the same.
  const source = bytes.toString('utf8').replace(/\r\n?/g, '\n')
  steps.ask(table.text, source)
  const tree = treeOf(source)
  steps.pass('well-formed')
  steps.ask(table.tree, tree)
  const [root] = tree.roots
  if (!root) throw new Refused('well-formed', { reason: 'saml.not_well_formed' })
  return { source, tree, root }
}

export function treeOf(source: string): XmlTree {
  try {
    return readXml(source)
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error
    throw new Refused('well-formed', { reason: 'saml.not_well_formed', observed: { problem: error.message } })
  }
}
