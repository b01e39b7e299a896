import type { XmlElement } from './reader.ts'
import { attributeOf, childElements, descendants, isNamed, ns, onlyChild, textOf } from './walk.ts'

export type KeyTransport = { algorithm: string; digest?: string; mask?: string }

export function keyTransportOf(encrypted: XmlElement): KeyTransport {
  const method = onlyChild(encryptedKeyOf(encrypted), [ns.encryption, 'EncryptionMethod'])
  const parameter = (local: string) =>
    attributeOf(method && childElements(method).find((child) => child.local === local), 'Algorithm')
  const digest = parameter('DigestMethod')
  const mask = parameter('MGF')
  return { algorithm: attributeOf(method, 'Algorithm') ?? '', ...(digest && { digest }), ...(mask && { mask }) }
}

export function cipherAlgorithmOf(encrypted: XmlElement): string {
  const data = onlyChild(encrypted, [ns.encryption, 'EncryptedData'])
  return attributeOf(onlyChild(data, [ns.encryption, 'EncryptionMethod']), 'Algorithm') ?? ''
}

export function encryptedKeyBytes(encrypted: XmlElement): Buffer {
  return cipherBytes(encryptedKeyOf(encrypted))
}

export function encryptedContentBytes(encrypted: XmlElement): Buffer {
  return cipherBytes(onlyChild(encrypted, [ns.encryption, 'EncryptedData']))
}

function encryptedKeyOf(encrypted: XmlElement): XmlElement | undefined {
  return descendants(encrypted).find((element) => isNamed(element, [ns.encryption, 'EncryptedKey']))
}

function cipherBytes(owner: XmlElement | undefined): Buffer {
  const value = onlyChild(onlyChild(owner, [ns.encryption, 'CipherData']), [ns.encryption, 'CipherValue'])
  return Buffer.from(value ? textOf(value) : '', 'base64')
}
