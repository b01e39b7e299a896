export interface BodyText {
  readonly mime: string
  readonly text: string
  readonly encoding: string
}

export type ReadableBody =
  | { readonly type: 'json' | 'form' | 'text'; readonly text: string }
  /** Bytes that are not for reading. */
  | { readonly type: 'binary'; readonly sizeBytes: number }

const textual = /^text\/|json|xml|javascript|ecmascript|graphql|x-www-form-urlencoded|yaml/

/** A body as a person wants to read it: JSON with one value to a line, forms with one field to a line. */
export function readableBody({ mime, text, encoding }: BodyText): ReadableBody {
  const type = mime.toLowerCase()
  if (encoding === 'base64') {
    if (!textual.test(type)) return { type: 'binary', sizeBytes: Math.floor((text.length * 3) / 4) }
    return readableBody({ mime, text: decodeBase64(text), encoding: '' })
  }
  if (type.includes('x-www-form-urlencoded')) return { type: 'form', text: formLines(text) }
  const json = /json|graphql/.test(type) || /^\s*[[{]/.test(text) ? indented(text) : undefined
  return json === undefined ? { type: 'text', text } : { type: 'json', text: json }
}

function indented(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // Cut short, several documents, or not JSON after all: shown as it is.
    return undefined
  }
}

function formLines(text: string): string {
  return text.split('&').map(decoded).join('\n')
}

function decoded(field: string): string {
  const spaced = field.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced).replace('=', ' = ')
  } catch {
    return spaced
  }
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)))
  } catch {
    return text
  }
}
