import { badRequest, ScimError } from './errors.ts'

export type Conditions = {
  readonly ifMatch?: string | undefined
  readonly ifNoneMatch?: string | undefined
}

/** The weak entity tag of a version (RFC 7644 §3.14). Throws a `RangeError` for what cannot stand in a tag. */
export function weakTag(version: string | number): string {
  const text = String(version)
  if (!/^[\x21\x23-\x7e]+$/.test(text)) throw new RangeError('A version is made of visible ASCII without quotes.')
  return `W/"${text}"`
}

/**
 * Whether to answer a GET; `notModified` stands for 304. `current` is the tag of what is there, undefined for nothing.
 * Throws `invalidSyntax` for what is no list of tags.
 */
export function checkRead({ ifNoneMatch }: Conditions, current: string | undefined): 'proceed' | 'notModified' {
  return ifNoneMatch !== undefined && isListed(ifNoneMatch, current) ? 'notModified' : 'proceed'
}

/**
 * Throws 412 unless the conditions of a PUT, PATCH or DELETE hold (RFC 7644 §3.14; RFC 9110 §13.1). Tags are compared
 * weakly, as SCIM has it: by the strong comparison of RFC 9110 no weak tag would ever match.
 */
export function checkWrite({ ifMatch, ifNoneMatch }: Conditions, current: string | undefined): void {
  const isMet =
    (ifMatch === undefined || isListed(ifMatch, current)) &&
    (ifNoneMatch === undefined || !isListed(ifNoneMatch, current))
  if (!isMet) throw new ScimError(412, 'The resource has another version.')
}

const tagText = /[ \t]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*/y

function isListed(header: string, current: string | undefined): boolean {
  if (header.trim() === '*') return current !== undefined
  const wanted = current === undefined ? undefined : opaque(current)
  let found = false
  for (const tag of readTags(header)) found ||= tag === wanted
  return found
}

function* readTags(header: string): Generator<string> {
  tagText.lastIndex = 0
  for (let at = 0; ; at++) {
    tagText.lastIndex = at
    const tag = tagText.exec(header)
    if (tag === null) throw badRequest('invalidSyntax', 'The condition is not a list of entity tags.')
    yield tag[1] ?? ''
    at = tagText.lastIndex
    if (at >= header.length) return
    if (header[at] !== ',') throw badRequest('invalidSyntax', 'The condition is not a list of entity tags.')
  }
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '').replaceAll('"', '')
}
