import { isPlaceholder, looksRandom } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { rewriteMarkup, type Tag } from './markup.ts'
import { isIdName, isIdValue, isPlainName, kindOfName } from './names.ts'
import { cleanUrl } from './url.ts'

const MAX_XML = 8 << 20
const MAX_DEPTH = 200

/** Cleans XML, SOAP and SAML: elements and what reports an outcome stay, texts and values go. Undefined when too long. */
export function cleanXml(text: string, cleaner: Cleaner): string | undefined {
  if (text.length > MAX_XML) return undefined
  const path: string[] = []
  return rewriteMarkup(text, {
    text: (part) => cleanText(part, path, cleaner),
    attribute: (name, value, tag) => cleanAttribute({ name, value, tag }, cleaner),
    other: (part) => denyText(part, 'comment', cleaner),
    name: (name) => cleaner.secretInUrl('other', 'name', name),
    isPlainName,
    opened: ({ name }) => {
      if (path.length < MAX_DEPTH) path.push(localOf(name))
    },
    closed: (name) => {
      const at = path.lastIndexOf(localOf(name))
      if (at >= 0) path.length = at
    },
  })
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Elements that say how something ended. */
const OUTCOME =
  /^(?:statusmessage|faultcode|faultstring|faultactor|code|subcode|value|reason|text|message|error|errorcode|errormessage|error-?description|hostid|detail|description)$/
const REPORTS = /^(?:error|errors|fault|exception|errorresponse|problem|failure)$/
const ALWAYS = /^(?:statusmessage|faultcode|faultstring|requestid|hostid|requestcharged)$/

function cleanText(part: string, path: readonly string[], cleaner: Cleaner): string {
  const words = part.trim()
  if (words === '' || isPlaceholder(words)) return part
  const clean = judgeText(words, path, cleaner)
  return clean === words ? part : part.replace(words, () => clean)
}

function judgeText(words: string, path: readonly string[], cleaner: Cleaner): string {
  const name = path.at(-1) ?? ''
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, words)
  if (isIdName(name) && isIdValue(words)) return keep('request_or_trace_id', words, cleaner)
  if (cleaner.keepsBody) return cleaner.net(words)
  if (isOutcome(name, path, cleaner) && words.length <= 500) return keep('error_text', words, cleaner)
  if (/^(?:https?:\/\/|urn:)/i.test(words)) return cleanAddress(words, cleaner)
  if (/^(?:true|false|\d{1,3})$/.test(words)) return words
  return denyText(words, 'text', cleaner)
}

function isOutcome(name: string, path: readonly string[], cleaner: Cleaner): boolean {
  if (cleaner.policy === 'strict') return name === 'faultcode'
  if (ALWAYS.test(name)) return true
  return OUTCOME.test(name) && (cleaner.status >= 400 || path.some((step) => REPORTS.test(step)))
}

function keep(reason: 'error_text' | 'request_or_trace_id', words: string, cleaner: Cleaner): string {
  const clean = reason === 'error_text' ? cleaner.net(words) : cleaner.netForId(words)
  if (clean === words) cleaner.kept(reason)
  return clean
}

function cleanAddress(value: string, cleaner: Cleaner): string {
  return URN.test(value) ? value : cleanUrl(value, cleaner)
}

const URN = /^urn:(?:oasis|ietf|mace|schemas-[a-z-]{1,40}|oid|uuid)[\w:.\-/]{0,160}$/i

function denyText(words: string, label: string, cleaner: Cleaner): string {
  if (words.trim() === '' || isPlaceholder(words.trim())) return words
  if (words.length <= 254 && /^[^\s@<>]{1,128}@[^\s@<>]{1,128}$/.test(words))
    return cleaner.secret('email', 'email', words)
  if (looksRandom(words) && words.length <= 8_192) return cleaner.secret('token', 'value', words)
  cleaner.learnFrom(words)
  return cleaner.deny('body', label, words)
}

/** Attributes that belong to the format, whatever the document says. */
const FORMAT =
  /^(?:version|issueinstant|notbefore|notonorafter|authninstant|sessionnotonorafter|format|nameformat|algorithm|encoding|standalone|schemalocation|type|nil|mustunderstand|encodingstyle|count|size|index|isdefault|binding|protocolbinding|forceauthn|ispassive|comparison|lang)$/
const ADDRESS = /^(?:destination|location|recipient|assertionconsumerserviceurl|href|url|uri|src|responselocation)$/

function cleanAttribute(attribute: { name: string; value: string; tag: Tag }, cleaner: Cleaner): string {
  const { value, tag } = attribute
  if (value === '' || isPlaceholder(value)) return value
  if (attribute.name.startsWith('xmlns')) return cleaner.netForId(value)
  const name = localOf(attribute.name)
  if (localOf(tag.name) === 'statuscode' && name === 'value') return keepStatus(value, cleaner)
  const kind = kindOfName(name)
  if (kind !== undefined) return cleaner.secret(kind, kind, value)
  if (FORMAT.test(name) && value.length <= 300) return cleaner.netForId(value)
  return cleanReference(name, value, cleaner) ?? cleanOther(name, value, { tag, cleaner })
}

/** An address, or a mark by which one part of the document names another. */
function cleanReference(name: string, value: string, cleaner: Cleaner): string | undefined {
  if (/^(?:id|inresponseto|assertionid|responseid|requestid|sessionindex)$/.test(name) || /^#\S{1,200}$/.test(value)) {
    return cleaner.secret('other', 'id', value)
  }
  return ADDRESS.test(name) || /^https?:\/\//i.test(value) ? cleanAddress(value, cleaner) : undefined
}

function cleanOther(name: string, value: string, { tag, cleaner }: { tag: Tag; cleaner: Cleaner }): string {
  const isHarmless = isAttributeName(name, value, tag) || /^(?:true|false|\d{1,3})$/.test(value)
  return isHarmless ? value : denyText(value, 'attribute', cleaner)
}

/** `<Attribute Name="mail">`: the name of a claim, which an engineer compares with the mapping. */
function isAttributeName(name: string, value: string, tag: Tag): boolean {
  const isNamed = name === 'name' || name === 'friendlyname'
  return (
    isNamed && /attribute|field|param|property/.test(tag.name) && /^[\w:/.-]{1,160}$/.test(value) && !looksRandom(value)
  )
}

function keepStatus(value: string, cleaner: Cleaner): string {
  if (!/^[\w:.\-/]{1,160}$/.test(value)) return denyText(value, 'attribute', cleaner)
  cleaner.kept('sign_in_status')
  return cleaner.netForId(value)
}
