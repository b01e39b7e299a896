import { decodeUtf8, fromBase64 } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { inflate } from './inflate.ts'
import { cleanXml } from './xml-body.ts'

const MAX_MESSAGE = 1 << 20

/**
 * What may be told of a SAML message that goes as a whole: how the sign-in ended. What it says of the person is learnt.
 * The message comes as base64, compressed where it stands in an address.
 */
export function readSaml(value: string, cleaner: Cleaner): string | undefined {
  const text = value.length > MAX_MESSAGE ? undefined : decodeSaml(value)
  if (text === undefined) return undefined
  if (cleaner.learner !== undefined) cleanXml(text, cleaner.learner)
  const codes = Array.from(text.matchAll(STATUS), ([, code = '']) => code)
  if (codes.length === 0) return undefined
  cleaner.kept('sign_in_status')
  return codes.slice(0, 2).join('/')
}

const STATUS = /StatusCode\s{1,9}Value="urn:oasis:names:tc:SAML:[\d.]{1,5}:status:([A-Za-z]{1,40})"/g

function decodeSaml(value: string): string | undefined {
  const bytes = fromBase64(value.replaceAll(' ', '+'))
  if (bytes === undefined) return undefined
  const plain = decodeUtf8(bytes)
  if (plain.trimStart().startsWith('<')) return plain
  const inflated = inflate(bytes, MAX_MESSAGE)
  const text = inflated === undefined ? '' : decodeUtf8(inflated)
  return text.trimStart().startsWith('<') ? text : undefined
}
