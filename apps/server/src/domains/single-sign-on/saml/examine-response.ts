import { type Certificate, type PinnedKey, pinnedKey, readCertificate } from './certificates.ts'
import { readClaims, type SamlClaims } from './claims.ts'
import { decryptAssertion } from './decrypt-assertion.ts'
import { type Envelope, envelope } from './envelope.ts'
import { readDocument, treeOf } from './read-document.ts'
import { type Facts, type RefusalReason, Refused } from './refusal.ts'
import { type Step, Steps } from './steps.ts'
import type { ResponseInput } from './subjects.ts'
import { verifySignature } from './verify-signature.ts'
import type { XmlElement } from './xml/reader.ts'
import { attributeOf, childElements, isNamed, ns, onlyChild } from './xml/walk.ts'

export type SamlOutcome =
  | Readonly<{ ok: true; claims: SamlClaims; signedWith: readonly Certificate[]; steps: readonly Step[] }>
  | Readonly<{
      ok: false
      reason: RefusalReason
      check: string
      observed: Facts
      expected: Facts
      steps: readonly Step[]
    }>

/** An element and the text it was read from, whose positions it holds. */
type Placed = Readonly<{ element: XmlElement; source: string }>

/**
 * Decides whether a response signs somebody in. It remembers nothing: the caller stores the assertion's id and
 * consumes the request in one transaction, and says to the person the same words whatever the reason was.
 */
export function examineResponse(input: ResponseInput, table: Envelope = envelope): SamlOutcome {
  const steps = new Steps()
  try {
    const { claims, signedWith } = new Examination(input, { table, steps }).run()
    return { ok: true, claims, signedWith, steps: steps.taken }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { reason, observed = {}, expected = {} } = error.refusal
    return { ok: false, reason, check: error.check, observed, expected, steps: steps.endedBy(error) }
  }
}

class Examination {
  private readonly input: ResponseInput
  private readonly table: Envelope
  private readonly steps: Steps
  private readonly signedWith = new Map<string, Certificate>()

  constructor(input: ResponseInput, { table, steps }: { table: Envelope; steps: Steps }) {
    this.input = input
    this.table = table
    this.steps = steps
  }

  run() {
    const { source, tree, root } = this.readField()
    this.steps.ask(this.table.message, { tree, root })
    const signedResponse = this.verified({ element: root, source })
    const response = signedResponse ?? { element: root, source }
    const assertion = this.verifiedAssertion(response, signedResponse !== undefined)
    const subject = { response: response.element, assertion, input: this.input }
    this.steps.ask(this.table.verified, subject)
    return { claims: readClaims(subject), signedWith: [...this.signedWith.values()] }
  }

  private readField() {
    this.steps.ask(this.table.field, this.input.samlResponse)
    return readDocument(Buffer.from(this.input.samlResponse, 'base64'), { table: this.table, steps: this.steps })
  }

  /** What the signature in this element covers, read anew from the verified bytes; undefined if it has none. */
  private verified({ element, source }: Placed): Placed | undefined {
    const signature = onlyChild(element, [ns.signature, 'Signature'])
    if (!signature) return undefined
    const { connection, now } = this.input
    this.steps.ask(this.table.signature, { signature, owner: element, connection })
    const outcome = verifySignature({ source, signature, owner: element }, pinnedKeys(connection.certificates))
    if ('reason' in outcome) return this.steps.refuse('signature', outcome)
    this.steps.pass('signature')
    this.steps.ask(this.table.key, { key: outcome.key, now })
    const [root] = treeOf(outcome.verified).roots
    if (!root || root.local !== element.local || attributeOf(root, 'ID') !== attributeOf(element, 'ID'))
      return this.steps.refuse('signature', { reason: 'saml.reference_elsewhere' })
    this.signedWith.set(outcome.key.certificate.fingerprint, outcome.key.certificate)
    return { element: root, source: outcome.verified }
  }

  private verifiedAssertion(response: Placed, isCovered: boolean): XmlElement {
    const [found, second] = childElements(response.element).filter(({ local }) =>
      /^(?:Encrypted)?Assertion$/.test(local),
    )
    if (!found || second) return this.steps.refuse('assertion', { reason: 'saml.no_assertion' })
    const isEncrypted = isNamed(found, [ns.assertion, 'EncryptedAssertion'])
    const assertion = isEncrypted ? this.decrypted(found) : { element: found, source: response.source }
    const verified = this.verified(assertion)
    if (verified) return verified.element
    if (isCovered) return assertion.element
    return this.steps.refuse('signature', { reason: 'saml.signature_missing' })
  }

  private decrypted(encrypted: XmlElement): Placed {
    const subject = { encrypted, connection: this.input.connection }
    this.steps.ask(this.table.encryption, subject)
    const bytes = decryptAssertion(subject)
    if (!bytes) return this.steps.refuse('decryption', { reason: 'saml.not_decryptable' })
    this.steps.pass('decryption')
    const { source, tree, root } = readDocument(bytes, { table: this.table, steps: this.steps })
    this.steps.ask(this.table.decrypted, { tree, root })
    return { element: root, source }
  }
}

function pinnedKeys(certificates: readonly string[]): PinnedKey[] {
  return certificates.flatMap((pem) => {
    const certificate = readCertificate(pem)
    return certificate ? [pinnedKey(certificate)] : []
  })
}
