import { absoluteNamespaces } from './checks/absolute-namespaces.ts'
import { allowedCanonicalization } from './checks/allowed-canonicalization.ts'
import { allowedCipher } from './checks/allowed-cipher.ts'
import { allowedDigestAlgorithm } from './checks/allowed-digest-algorithm.ts'
import { allowedKeyTransport } from './checks/allowed-key-transport.ts'
import { allowedSignatureAlgorithm } from './checks/allowed-signature-algorithm.ts'
import { allowedTransforms } from './checks/allowed-transforms.ts'
import { answersRequest } from './checks/answers-request.ts'
import { assertionInPlace } from './checks/assertion-in-place.ts'
import { assertionVersion } from './checks/assertion-version.ts'
import { attributesNamed } from './checks/attributes-named.ts'
import { audience } from './checks/audience.ts'
import { authentication } from './checks/authentication.ts'
import { bearer } from './checks/bearer.ts'
import { certificateInDate } from './checks/certificate-in-date.ts'
import { conditionsPresent } from './checks/conditions-present.ts'
import { confirmationWindow } from './checks/confirmation-window.ts'
import { declaredEncoding } from './checks/declared-encoding.ts'
import { decryptedAssertion } from './checks/decrypted-assertion.ts'
import { decryptionKeyPresent } from './checks/decryption-key-present.ts'
import { depthLimit } from './checks/depth-limit.ts'
import { destination } from './checks/destination.ts'
import { encryptionShape } from './checks/encryption-shape.ts'
import { isResponse } from './checks/is-response.ts'
import { issuer } from './checks/issuer.ts'
import { knownConditions } from './checks/known-conditions.ts'
import { nameId } from './checks/name-id.ts'
import { noCdata } from './checks/no-cdata.ts'
import { noComment } from './checks/no-comment.ts'
import { noDoctype } from './checks/no-doctype.ts'
import { noProcessingInstruction } from './checks/no-processing-instruction.ts'
import { notBefore } from './checks/not-before.ts'
import { notOnOrAfter } from './checks/not-on-or-after.ts'
import { oneAssertion } from './checks/one-assertion.ts'
import { oneReference } from './checks/one-reference.ts'
import { pinnedCertificates } from './checks/pinned-certificates.ts'
import { plainCharacters } from './checks/plain-characters.ts'
import { plainEntities } from './checks/plain-entities.ts'
import { plainIds } from './checks/plain-ids.ts'
import { plainUtf8 } from './checks/plain-utf8.ts'
import { recipient } from './checks/recipient.ts'
import { referenceToOwner } from './checks/reference-to-owner.ts'
import { responseVersion } from './checks/response-version.ts'
import { signatureShape } from './checks/signature-shape.ts'
import { signaturesInPlace } from './checks/signatures-in-place.ts'
import { signedOrEncrypted } from './checks/signed-or-encrypted.ts'
import { singleRoot } from './checks/single-root.ts'
import { sizeLimit } from './checks/size-limit.ts'
import { startsWithMarkup } from './checks/starts-with-markup.ts'
import { statusSuccess } from './checks/status-success.ts'
import { strictBase64 } from './checks/strict-base64.ts'
import { structureLimits } from './checks/structure-limits.ts'
import { uniqueIds } from './checks/unique-ids.ts'
import type { Check } from './refusal.ts'
import type { EncryptionSubject, KeySubject, Message, SignatureSubject, VerifiedSubject } from './subjects.ts'
import type { XmlTree } from './xml/reader.ts'

export type Envelope = Readonly<{
  field: readonly Check<string>[]
  bytes: readonly Check<Buffer>[]
  text: readonly Check<string>[]
  tree: readonly Check<XmlTree>[]
  message: readonly Check<Message>[]
  signature: readonly Check<SignatureSubject>[]
  key: readonly Check<KeySubject>[]
  encryption: readonly Check<EncryptionSubject>[]
  decrypted: readonly Check<Message>[]
  verified: readonly Check<VerifiedSubject>[]
}>

/**
 * Every check of a SAML response, in the order in which they are asked; `examine-response.ts` walks through it.
 * A stage is asked once what it looks at exists, and the next begins only if no answer was a refusal.
 */
export const envelope: Envelope = {
  // The form field, still encoded.
  field: [sizeLimit, strictBase64],
  // Its bytes; those of a decrypted assertion too.
  bytes: [plainUtf8],
  // Its text, before any parser sees it; that of a decrypted assertion too.
  text: [
    startsWithMarkup,
    declaredEncoding,
    noDoctype,
    noProcessingInstruction,
    noComment,
    noCdata,
    plainEntities,
    plainCharacters,
    depthLimit,
  ],
  // What our reader made of it; that of a decrypted assertion too.
  tree: [structureLimits, singleRoot, absoluteNamespaces, plainIds, uniqueIds],
  // The response as SAML: one assertion where it belongs, signatures where they belong.
  message: [
    isResponse,
    responseVersion,
    statusSuccess,
    oneAssertion,
    assertionInPlace,
    signaturesInPlace,
    signedOrEncrypted,
  ],
  // Each signature, before it is verified with the pinned keys.
  signature: [
    pinnedCertificates,
    signatureShape,
    oneReference,
    referenceToOwner,
    allowedTransforms,
    allowedCanonicalization,
    allowedSignatureAlgorithm,
    allowedDigestAlgorithm,
  ],
  // The pinned key that fitted.
  key: [certificateInDate],
  // An encrypted assertion, after the signature of the response around it, if that has one.
  encryption: [decryptionKeyPresent, encryptionShape, allowedKeyTransport, allowedCipher],
  decrypted: [decryptedAssertion],
  // What the assertion says, read from the verified bytes alone.
  verified: [
    assertionVersion,
    issuer,
    destination,
    bearer,
    recipient,
    confirmationWindow,
    answersRequest,
    conditionsPresent,
    knownConditions,
    notBefore,
    notOnOrAfter,
    audience,
    authentication,
    nameId,
    attributesNamed,
  ],
}
