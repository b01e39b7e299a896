import { ScimError } from './errors.ts'

export const scimMediaType = 'application/scim+json'

export type ScimMediaType = typeof scimMediaType | 'application/json'

/** RFC 7644 §3.1: bodies are `application/scim+json` or `application/json`, in UTF-8. Throws 415. */
export function requireScimContent(contentType: string | undefined): void {
  const { name, parameters } = parseMediaType(contentType ?? '')
  const charset = parameters.get('charset') ?? 'utf-8'
  if (!(name === scimMediaType || name === 'application/json') || !/^utf-?8$/i.test(charset)) {
    throw new ScimError(415, `The body must be ${scimMediaType} or application/json, in UTF-8.`)
  }
}

/** The type to answer with (RFC 9110 §12.5.1); `application/scim+json` where the client has no wish. Throws 406. */
export function negotiateMediaType(accept: string | undefined): ScimMediaType {
  const ranges = (accept ?? '').split(',').map(parseMediaType)
  const wishes = ranges.filter(({ name }) => name !== '')
  if (wishes.length === 0) return scimMediaType
  const [scim, json] = [quality(wishes, scimMediaType), quality(wishes, 'application/json')]
  if (scim === 0 && json === 0) throw new ScimError(406, `Answers are ${scimMediaType} or application/json.`)
  return json > scim ? 'application/json' : scimMediaType
}

type MediaType = { readonly name: string; readonly parameters: ReadonlyMap<string, string> }

function parseMediaType(text: string): MediaType {
  const [name = '', ...rest] = text.split(';')
  const parameters = new Map(
    rest.map((parameter) => {
      const [key = '', value = ''] = parameter.split('=', 2)
      return [key.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const
    }),
  )
  return { name: name.trim().toLowerCase(), parameters }
}

/** The quality that the most specific range gives to a type. */
function quality(wishes: readonly MediaType[], type: ScimMediaType): number {
  for (const range of [type, 'application/*', '*/*']) {
    const wish = wishes.find(({ name }) => name === range)
    if (wish !== undefined) return qualityOf(wish)
  }
  return 0
}

function qualityOf({ parameters }: MediaType): number {
  const q = Number(parameters.get('q') ?? 1)
  return Number.isFinite(q) ? Math.min(1, Math.max(0, q)) : 1
}
