import type { Attack } from './attack.ts'
import { assertionIn, type SamlIdp } from './idp.ts'

const issued = (change: (xml: string) => string) => (idp: SamlIdp) => change(idp.issue({ signs: ['Assertion'] }))
const withDoctype = (doctype: string, use = '') => issued((xml) => doctype + xml.replace('maria@', `${use}maria@`))
const inName = (markup: string) => issued((xml) => xml.replace('>maria@customer', `>maria@${markup}customer`))

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join('')

/** UTF-16 without a mark: the bytes of another text to a parser that guesses. */
const utf16 = (xml: string) => Buffer.from(xml, 'utf16le')

export const parserAttacks: readonly Attack[] = [
  {
    name: 'an external entity (XXE)',
    reason: 'saml.doctype_refused',
    forge: withDoctype('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'),
  },
  {
    name: 'billion laughs',
    reason: 'saml.doctype_refused',
    forge: withDoctype(`<!DOCTYPE r [<!ENTITY l0 "ha">${laughs}]>`, '&l9;'),
  },
  {
    name: 'an external document type',
    reason: 'saml.doctype_refused',
    forge: withDoctype('<!DOCTYPE r SYSTEM "https://evil.example/r.dtd">'),
  },
  {
    name: 'a document type in small letters',
    reason: 'saml.doctype_refused',
    forge: withDoctype('<!doctype r>'),
  },
  {
    name: 'an attribute default from a document type',
    reason: 'saml.doctype_refused',
    forge: withDoctype('<!DOCTYPE r [<!ATTLIST r ID ID #IMPLIED>]>'),
  },
  {
    name: 'an entity without a document type',
    reason: 'saml.entity_refused',
    forge: inName('&evil;'),
  },
  { name: 'a bare ampersand', reason: 'saml.entity_refused', forge: inName('& ') },
  { name: 'an HTML entity', reason: 'saml.entity_refused', forge: inName('&nbsp;') },
  {
    name: 'a processing instruction in the name',
    reason: 'saml.processing_instruction_refused',
    forge: inName('<?evil x?>'),
  },
  {
    name: 'a style sheet before the root',
    reason: 'saml.processing_instruction_refused',
    forge: issued((xml) => `<?xml-stylesheet href="https://evil.example/x.xsl"?>${xml}`),
  },
  {
    name: 'a second XML declaration',
    reason: 'saml.processing_instruction_refused',
    forge: issued((xml) => `<?xml version="1.0"?><?xml version="1.0"?>${xml}`),
  },
  { name: 'a comment in the name', reason: 'saml.comment_refused', forge: inName('<!---->') },
  {
    name: 'a comment in an attribute value',
    reason: 'saml.comment_refused',
    forge: issued((xml) =>
      xml.replace(
        '>maria@customer.example</saml:AttributeValue>',
        '>maria@customer<!-- -->.example</saml:AttributeValue>',
      ),
    ),
  },
  {
    name: 'a comment before the root',
    reason: 'saml.comment_refused',
    forge: issued((xml) => `<!-- -->${xml}`),
  },
  { name: 'CDATA in the name', reason: 'saml.cdata_refused', forge: inName('<![CDATA[evil.example]]>') },
  {
    name: 'CDATA that hides an assertion',
    reason: 'saml.cdata_refused',
    forge: issued((xml) => xml.replace('<samlp:Status>', () => `<![CDATA[${assertionIn(xml)}]]><samlp:Status>`)),
  },
  {
    name: 'base64 with spaces, which decoders pass over',
    reason: 'saml.not_base64',
    forge: (idp) => idp.issue(),
    expects: (idp) => ({ samlResponse: Buffer.from(idp.issue()).toString('base64').replace(/.{9}/, '$& ') }),
  },
  {
    name: 'base64 for addresses',
    reason: 'saml.not_base64',
    forge: (idp) => idp.issue(),
    expects: () => ({ samlResponse: 'PHNhbWxwOlJlc3BvbnNlIC8_' }),
  },
  {
    name: 'nothing',
    reason: 'saml.not_base64',
    forge: () => '',
  },
  {
    name: 'a byte order mark',
    reason: 'saml.encoding_refused',
    forge: (idp) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(idp.issue())]),
  },
  { name: 'UTF-16 without a mark', reason: 'saml.encoding_refused', forge: (idp) => utf16(idp.issue()) },
  {
    name: 'UTF-16 with a mark',
    reason: 'saml.encoding_refused',
    forge: (idp) => Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(idp.issue())]),
  },
  {
    name: 'UTF-7 by declaration',
    reason: 'saml.encoding_refused',
    forge: issued((xml) => `<?xml version="1.0" encoding="UTF-7"?>${xml}`),
  },
  {
    name: 'UTF-7 without a declaration',
    reason: 'saml.leading_bytes',
    forge: issued((xml) => xml.replaceAll('<', '+ADw-')),
  },
  {
    name: 'XML 1.1',
    reason: 'saml.encoding_refused',
    forge: issued((xml) => `<?xml version="1.1" encoding="UTF-8"?>${xml}`),
  },
  {
    name: 'bytes that are not UTF-8',
    reason: 'saml.encoding_refused',
    forge: (idp) => Buffer.from(idp.issue().replace('maria@', 'mari\u00e1@'), 'latin1'),
  },
  { name: 'a zero byte', reason: 'saml.encoding_refused', forge: inName('\0') },
  { name: 'a zero byte by number', reason: 'saml.character_refused', forge: inName('&#0;') },
  { name: 'a control character', reason: 'saml.character_refused', forge: inName('\u0008') },
  { name: 'half of a surrogate pair by number', reason: 'saml.character_refused', forge: inName('&#xD800;') },
  { name: 'white space before the root', reason: 'saml.leading_bytes', forge: issued((xml) => ` ${xml}`) },
  { name: 'text after the root', reason: 'saml.second_root', forge: issued((xml) => `${xml}x`) },
  {
    name: 'a tag that is not closed',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace('</saml:Subject>', '')),
  },
  {
    name: 'one attribute twice',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace(' ID="_assertion-1"', ' ID="_evil-1"$&')),
  },
  {
    name: 'one attribute twice under two prefixes',
    reason: 'saml.not_well_formed',
    forge: issued((xml) =>
      xml.replace('<saml:Subject>', '<saml:Subject xmlns:a="urn:x" xmlns:b="urn:x" a:v="1" b:v="2">'),
    ),
  },
  {
    name: 'an attribute without quotes',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace('Version="2.0"', 'Version=2.0')),
  },
  {
    name: 'a prefix that is not declared',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject evil:x="1">')),
  },
  {
    name: 'the prefix xml bound anew',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:xml="urn:x">')),
  },
  {
    name: 'a namespace taken back',
    reason: 'saml.not_well_formed',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:saml="">')),
  },
  {
    name: 'a relative namespace, on which canonicalisers give up',
    reason: 'saml.namespace_refused',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject xmlns:ns="1">')),
  },
  {
    name: 'an ID in a namespace',
    reason: 'saml.id_refused',
    forge: issued((xml) => xml.replace(' ID="_assertion-1"', ' samlp:ID="_assertion-1" ID="_evil-1"')),
  },
  {
    name: 'an xml:id',
    reason: 'saml.id_refused',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject xml:id="_assertion-1">')),
  },
  {
    name: 'an Id in other letters',
    reason: 'saml.id_refused',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject Id="_assertion-1">')),
  },
  {
    name: 'an ID with quotes, for an XPath',
    reason: 'saml.id_refused',
    forge: issued((xml) => xml.replace(' ID="_assertion-1"', ` ID="_a' or '1'='1"`)),
  },
  {
    name: 'two elements with one ID',
    reason: 'saml.duplicate_id',
    forge: issued((xml) => xml.replace('<saml:Subject>', '<saml:Subject ID="_assertion-1">')),
  },
  {
    name: 'the root is not a response',
    reason: 'saml.not_a_response',
    forge: issued((xml) => assertionIn(xml)),
  },
  {
    name: 'the root is of SAML 1.1',
    reason: 'saml.not_a_response',
    forge: issued((xml) => xml.replace('SAML:2.0:protocol', 'SAML:1.0:protocol')),
  },
  {
    name: 'more than 256 KB',
    reason: 'saml.too_large',
    forge: issued((xml) => xml.replace('maria@', 'a'.repeat(262_144))),
  },
  {
    name: 'elements 65 deep',
    reason: 'saml.too_deep',
    forge: issued((xml) => xml.replace('<samlp:Status>', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}<samlp:Status>`)),
  },
  {
    name: 'elements tens of thousands deep',
    reason: 'saml.too_deep',
    forge: issued((xml) => xml.replace('<samlp:Status>', `${'<a>'.repeat(30_000)}<samlp:Status>`)),
  },
  {
    name: 'thousands of elements',
    reason: 'saml.too_complex',
    forge: issued((xml) => xml.replace('<samlp:Status>', `${'<a/>'.repeat(3000)}<samlp:Status>`)),
  },
  {
    name: 'thousands of attributes',
    reason: 'saml.too_complex',
    forge: issued((xml) => xml.replace('<samlp:Status>', `<a${many(6500, (n) => ` a${n}="1"`)}/><samlp:Status>`)),
  },
  {
    name: 'more namespaces than anybody needs',
    reason: 'saml.too_complex',
    forge: issued((xml) =>
      xml.replace('<samlp:Status>', `${many(40, (n) => `<a xmlns:p${n}="urn:p:${n}"/>`)}<samlp:Status>`),
    ),
  },
]

const many = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, n) => make(n)).join('')
