import { isObject, type JsonObject, type JsonValue } from '../types.ts'
import type { Secret, SecretKindName, Tier } from './secrets.ts'

/** A kind of place in which captures hold secrets, and how one is put there into any entry, real or made up. */
export interface Recipe {
  id: string
  tier: Tier
  kind: SecretKindName
  plant(entry: JsonObject, secret: Secret): void
}

export type Side = 'request' | 'response'

export function sideOf(entry: JsonObject, side: Side): JsonObject {
  return objectIn(entry, side)
}

export function objectIn(holder: JsonObject, key: string): JsonObject {
  const known = holder[key]
  if (isObject(known)) return known
  const fresh: JsonObject = {}
  holder[key] = fresh
  return fresh
}

export function listIn(holder: JsonObject, key: string): JsonValue[] {
  const known = holder[key]
  if (Array.isArray(known)) return known
  const fresh: JsonValue[] = []
  holder[key] = fresh
  return fresh
}

export function addHeader(entry: JsonObject, header: { side: Side; name: string; value: string }): void {
  listIn(sideOf(entry, header.side), 'headers').push({ name: header.name, value: header.value })
}

export function urlOf(entry: JsonObject): string {
  const url = sideOf(entry, 'request')['url']
  return typeof url === 'string' && /^https?:\/\/[^/?#]+/.test(url) ? url : 'https://app.northlight.example/start'
}

export function setUrl(entry: JsonObject, url: string): void {
  sideOf(entry, 'request')['url'] = url
}

/** Adds to the query in front of a fragment that may be there. */
export function addQuery(entry: JsonObject, pair: string): void {
  const [address = '', fragment] = urlOf(entry).split('#', 2)
  setUrl(entry, `${address}${address.includes('?') ? '&' : '?'}${pair}${fragment === undefined ? '' : `#${fragment}`}`)
}

export function addPath(entry: JsonObject, path: string): void {
  const [, origin = '', old = '', rest = ''] = /^(https?:\/\/[^/?#]+)([^?#]*)(.*)$/s.exec(urlOf(entry)) ?? []
  setUrl(entry, `${origin}${old.replace(/\/$/, '')}/${path}${rest}`)
}

export function setBody(entry: JsonObject, mimeType: string, text: string): void {
  const content = objectIn(sideOf(entry, 'response'), 'content')
  content['mimeType'] = mimeType
  content['text'] = text
  content['size'] = text.length
  delete content['encoding']
}

export function setEncodedBody(entry: JsonObject, mimeType: string, base64: string): void {
  setBody(entry, mimeType, base64)
  objectIn(sideOf(entry, 'response'), 'content')['encoding'] = 'base64'
}

export function setPost(entry: JsonObject, mimeType: string, text: string): void {
  const request = sideOf(entry, 'request')
  request['method'] = 'POST'
  request['postData'] = { mimeType, text }
}

export function setStatus(entry: JsonObject, status: number): void {
  sideOf(entry, 'response')['status'] = status
}
