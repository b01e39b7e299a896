import { decodePercent, decodeUtf8, fromBase64 } from '@clew/redact'
import { listOf, objectOf, textOf } from './read-values.ts'
import { parseTolerantly } from './tolerant-json.ts'
import { isObject, type JsonObject } from './types.ts'

export interface CspReport {
  directive: string
  blocked: string
  isReportOnly: boolean | undefined
}

export interface PostedEvidence {
  cspReport?: CspReport
  /** A SAML response that says how it went, and its status unless Success. */
  readsSaml?: boolean
  samlError?: string
}

const MAX_POSTED = 262_144

/** What a request that was posted says: a report of the browser's, or a response of an identity provider. */
export function postedEvidence(postData: JsonObject, url: string): PostedEvidence {
  const text = textOf(postData['text'])
  const isReport = /csp-report|reports\+json/i.test(textOf(postData['mimeType']))
  const cspReport = isReport ? reportOf(text) : undefined
  const codes = samlCodesOf(samlResponseOf(postData, url))
  return {
    ...(cspReport !== undefined && { cspReport }),
    ...(codes.length > 0 && { readsSaml: true, samlError: codes.includes('Success') ? '' : (codes.at(-1) ?? '') }),
  }
}

function samlResponseOf(postData: JsonObject, url: string): string {
  const text = textOf(postData['text']).slice(0, MAX_POSTED)
  const listed = listOf(postData['params']).find((param) => param['name'] === 'SAMLResponse')
  if (listed !== undefined) return textOf(listed['value'])
  return /(?:^|&)SAMLResponse=([^&]*)/.exec(text)?.[1] ?? /[?&]SAMLResponse=([^&#]{1,16384})/.exec(url)?.[1] ?? ''
}

/** Both shapes in use: `{"csp-report": {…}}` and `[{"type": "csp-violation", "body": {…}}]`. */
function reportOf(text: string): CspReport | undefined {
  const value = text.length > MAX_POSTED ? undefined : parseTolerantly(text)
  const violation = Array.isArray(value) ? value.find((item) => objectOf(item)['type'] === 'csp-violation') : value
  if (!isObject(violation)) return undefined
  const report = objectOf(violation['csp-report'] ?? violation['body'])
  const said = (...names: string[]): string =>
    names.map((name) => textOf(report[name])).find((value) => value !== '') ?? ''
  const disposition = said('disposition')
  return {
    directive: said('effective-directive', 'effectiveDirective', 'violated-directive').slice(0, 80),
    blocked: said('blocked-uri', 'blockedURL').slice(0, 200),
    isReportOnly: disposition === '' ? undefined : disposition === 'report',
  }
}

/** A SAML response is XML in base64; one sent with a redirect is deflated too, and cannot be read here. */
function samlCodesOf(encoded: string): string[] {
  const bytes = fromBase64(decodePercent(encoded.replaceAll('+', '%2B')).replace(/\s/g, ''))
  const xml = bytes === undefined ? encoded.slice(0, MAX_POSTED) : decodeUtf8(bytes)
  return Array.from(
    xml.matchAll(/StatusCode[^>]{0,200}?Value="[^"]{0,120}:status:(\w{1,60})"/g),
    (match) => match[1] ?? '',
  )
}
