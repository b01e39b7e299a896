/** How a vendor writes what all of them say: prefixes, where namespaces are declared, what is signed. */
export type Shape = Readonly<{
  protocol: string
  assertion: string
  /** The prefix of assertion elements inside the assertion; '' for a default namespace. */
  inAssertion: string
  signature: string
  declaration: string
  /** Namespaces on the root beyond its own. */
  rootNamespaces: string
  /** The prefixes that the exclusive canonicalisation carries along. */
  inclusive: readonly string[]
  signs: readonly ('Response' | 'Assertion')[]
  pretty: boolean
}>

const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
const plain = { declaration: '', rootNamespaces: '', inclusive: [], pretty: false }

export const shapes = {
  okta: {
    ...plain,
    protocol: 'saml2p',
    assertion: 'saml2',
    inAssertion: 'saml2',
    signature: 'ds',
    declaration: '<?xml version="1.0" encoding="UTF-8"?>',
    rootNamespaces: xs,
    inclusive: ['xs'],
    signs: ['Assertion', 'Response'],
  },
  entra: { ...plain, protocol: 'samlp', assertion: '', inAssertion: '', signature: '', signs: ['Assertion'] },
  google: {
    ...plain,
    protocol: 'saml2p',
    assertion: 'saml2',
    inAssertion: 'saml2',
    signature: 'ds',
    declaration: '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
    signs: ['Response'],
  },
  keycloak: {
    ...plain,
    protocol: 'samlp',
    assertion: 'saml',
    inAssertion: 'saml',
    signature: 'dsig',
    rootNamespaces: 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    signs: ['Assertion', 'Response'],
  },
  shibboleth: {
    ...plain,
    protocol: 'saml2p',
    assertion: 'saml2',
    inAssertion: 'saml2',
    signature: 'ds',
    declaration: '<?xml version="1.0" encoding="UTF-8"?>\n',
    signs: ['Assertion'],
    pretty: true,
  },
} as const satisfies Record<string, Shape>
