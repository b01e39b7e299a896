import type { ResponseInput, SamlConnection } from '../../domains/single-sign-on/saml/subjects.ts'
import { type EncryptOptions, encryptAssertion } from './encrypt.ts'
import { makeSamlKey, type SamlKey } from './keys.ts'
import { assertionXml, type ResponseFacts, responseXml } from './response.ts'
import { type Shape, shapes } from './shapes.ts'
import { algorithms, type SignOptions, signXml } from './sign.ts'

export type IssueOptions = Readonly<{
  shape?: Shape
  facts?: Partial<ResponseFacts>
  /** The key that signs, and the certificate it shows; the provider's own by default. */
  key?: SamlKey
  signing?: Partial<SignOptions>
  signs?: Shape['signs']
  encrypt?: Partial<EncryptOptions>
}>

export const now = new Date('2026-11-24T08:00:00Z')
export const requestId = '_request-of-this-browser-1'

let made: SamlIdp | undefined

/** One provider for all tests of a worker: its keys cost a second. Nothing in it changes. */
export function samlIdp(): SamlIdp {
  made ??= makeSamlIdp()
  return made
}

/** The keys of one provider, of the service provider that trusts it, and of somebody who attacks them. */
function makeSamlIdp(): SamlIdp {
  const keys = {
    current: makeSamlKey('Identity provider'),
    next: makeSamlKey('Identity provider, next'),
    ec: makeSamlKey('Identity provider, elliptic', 'ec'),
    attacker: makeSamlKey('Attacker'),
    serviceProvider: makeSamlKey('Service provider'),
  }
  const connection: SamlConnection = {
    identityProviderId: 'https://idp.example/metadata',
    serviceProviderId: 'https://clew.example/saml/connection-1',
    acsUrl: 'https://clew.example/saml/connection-1/acs',
    certificates: [keys.current.certificate],
    decryptionKeys: [keys.serviceProvider.privatePem],
    allowUnsolicited: false,
  }
  return new SamlIdp(keys, connection)
}

export class SamlIdp {
  readonly keys: Readonly<Record<'current' | 'next' | 'ec' | 'attacker' | 'serviceProvider', SamlKey>>
  readonly connection: SamlConnection

  constructor(keys: SamlIdp['keys'], connection: SamlConnection) {
    this.keys = keys
    this.connection = connection
  }

  /** What the service provider says of a message: the message with all that it expects. */
  input(message: string | Buffer, changes: Partial<SamlConnection> & Partial<ResponseInput> = {}): ResponseInput {
    const { now: at = now, pendingRequestIds = [requestId], samlResponse, ...connection } = changes
    const field = samlResponse ?? Buffer.from(message).toString('base64')
    return { samlResponse: field, connection: { ...this.connection, ...connection }, pendingRequestIds, now: at }
  }

  facts(changes: Partial<ResponseFacts> = {}): ResponseFacts {
    const inResponseTo = 'inResponseTo' in changes ? changes.inResponseTo : requestId
    const issuer = changes.issuer ?? this.connection.identityProviderId
    return { ...usualFacts(this.connection), responseInResponseTo: inResponseTo, responseIssuer: issuer, ...changes }
  }

  /** A response, signed and encrypted as the shape or the options say. */
  issue(options: IssueOptions = {}): string {
    const shape = options.shape ?? shapes.keycloak
    const signs = options.signs ?? shape.signs
    const facts = this.facts(options.facts)
    const bare = responseXml(shape, facts, assertionXml(shape, facts))
    const withAssertion = signs.includes('Assertion') ? this.sign(bare, 'Assertion', options) : bare
    const encrypted = options.encrypt ? this.encrypt(withAssertion, options.encrypt) : withAssertion
    return signs.includes('Response') ? this.sign(encrypted, 'Response', options) : encrypted
  }

  sign(
    xml: string,
    target: SignOptions['target'],
    { key = this.keys.current, signing, shape }: IssueOptions = {},
  ): string {
    const { signature, inclusive } = shape ?? shapes.keycloak
    return signXml(xml, {
      target,
      key: key.privateKey,
      certificate: key.certificate,
      prefix: signature,
      signatureAlgorithm: key === this.keys.ec ? algorithms.ecdsaSha256 : algorithms.rsaSha256,
      digestAlgorithm: algorithms.sha256,
      canonicalization: algorithms.exclusive,
      transforms: [algorithms.enveloped, algorithms.exclusive],
      inclusive,
      alsoSigns: undefined,
      ...signing,
    })
  }

  encrypt(xml: string, options: Partial<EncryptOptions>): string {
    return xml.replace(assertionIn(xml), (assertion) => this.encryptText(assertion, options))
  }

  encryptText(text: string, options: Partial<EncryptOptions> = {}): string {
    const { certificate } = this.keys.serviceProvider
    return encryptAssertion(text, { certificate, cipher: 'aes-256-gcm', transport: 'oaepSha1', ...options })
  }
}

/** The first assertion of a response, as it is written there. */
export function assertionIn(xml: string): string {
  const found = /<((?:\w+:)?Assertion)[\s>][\s\S]*?<\/\1>/.exec(xml)
  if (!found) throw new Error('There is no assertion.')
  return found[0]
}

/** The first signature of a text, as it is written there. */
export function signatureIn(xml: string): string {
  const found = /<((?:\w+:)?Signature)[\s>][\s\S]*?<\/\1>/.exec(xml)
  if (!found) throw new Error('There is no signature.')
  return found[0]
}

function usualFacts(connection: SamlConnection): ResponseFacts {
  return {
    issuer: connection.identityProviderId,
    responseIssuer: connection.identityProviderId,
    audience: connection.serviceProviderId,
    recipient: connection.acsUrl,
    destination: connection.acsUrl,
    nameId: 'maria@customer.example',
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    sessionIndex: '_session-1',
    attributes: {
      email: ['maria@customer.example'],
      name: ['Μαρία & Co <Support>'],
      groups: ['support', 'billing'],
    },
    responseId: '_response-1',
    assertionId: '_assertion-1',
    inResponseTo: requestId,
    responseInResponseTo: requestId,
    issuedAt: '2026-11-24T08:00:00Z',
    notBefore: '2026-11-24T07:59:00.000Z',
    notOnOrAfter: '2026-11-24T08:05:00.000Z',
    confirmedUntil: '2026-11-24T08:05:00.000Z',
    sessionUntil: '2026-11-24T18:00:00Z',
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    statusMessage: '',
    version: '2.0',
    extraConditions: '',
    authentication: true,
    subject: undefined,
  }
}
