import type { Json, JsonObject } from '@clew/scim'

const maxKept = 262_144
const secret = /(?:^|:)password$/i
/** `JSON.stringify` writes halves of characters and NUL as escapes. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i
const removed = '[removed]'

/** The body as the log keeps it: without secrets, and not at all where it is very large. */
export function keptBody(body: JsonObject | undefined): { body?: JsonObject; omittedBytes?: number } {
  if (body === undefined) return {}
  const open = withoutSecrets(body)
  const text = JSON.stringify(open)
  // What was refused because it cannot be stored cannot be stored here either.
  if (text.length > maxKept || unstorable.test(text)) return { omittedBytes: text.length }
  return { body: open }
}

function withoutSecrets(object: JsonObject): JsonObject {
  const path = object['path']
  const isSecret = typeof path === 'string' && secret.test(path)
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      secret.test(name) || (isSecret && name === 'value') ? removed : open(value),
    ]),
  )
}

function open(value: Json): Json {
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? (value as readonly Json[]).map(open) : withoutSecrets(value as JsonObject)
}
