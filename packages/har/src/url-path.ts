import { decodePercent, isKnownId, isPlaceholder, isWordy, redactText } from '@clew/redact'
import type { Cleaner } from './cleaner.ts'
import { isLikelyWord } from './likely-word.ts'
import { type FileName, fileNameOf, isAsset, isNamedBuild } from './path-files.ts'

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

/** What follows such a segment names a person, whatever it looks like. */
const PERSON_PARENTS = words(`
  user users u account accounts customer customers member members profile profiles people person persons contact contacts patient
  patients employee employees clients byemail by-email email emails`)

export function isPersonWord(lowerCaseWord: string): boolean {
  return PERSON_PARENTS.has(lowerCaseWord)
}

const COMMON_CHILD =
  /^(?:me|self|current|list|search|settings?|new|all|login|logout|sign-?(?:in|up|out)|register|reset|password|verify|check|lookup|count|export|import|bulk|invite|invitations?|preferences|profile|notifications?|sessions?|index(?:\.\w+)?|api|v\d+|auth|token|edit|create|update|delete|info|details?|quer(?:y|ies)|groups?|roles?|permissions?|orders?|billing|plans?|invoices?|assets?|static|images?|css|js|fonts?|media|files?|exports?|imports?|seats?|usage|limits?|keys?|devices?|emails?|activity|status|summary|stats|types?|categories|recent|active|pending|archived|batch|avatar|photos?|graphql|rest|home|dashboard|overview|logins?|applications?|apps?|services?|projects?|teams?|organi[sz]ations?|workspaces?|tags?|labels?|fields?|validate|confirm|activate|disable|enable|sync)$/i

/** What follows such a segment is a secret by itself: a reset link, an invitation, a share. */
const SECRET_PARENTS = words(`
  reset resetpassword reset-password passwordreset password-reset verify verification confirm confirmation activate unsubscribe
  magic magiclink magic-link token tokens invite invites invitation invitations share shared s bot webhook webhooks secret download
  session sessions key keys otp`)

/** A segment and what stands around it. */
interface Place {
  parent: string
  grandparent: string
  next: string
}

export function cleanPath(path: string, cleaner: Cleaner): string {
  if (path === '' || path === '/') return path
  const segments = path.split('/')
  const clean = segments.map((segment, i) => {
    const [grandparent = '', parent = ''] = [segments[i - 2], segments[i - 1]]
    return cleanSegment(segment, { parent, grandparent, next: segments[i + 1] ?? '' }, cleaner)
  })
  return clean.join('/')
}

function cleanSegment(segment: string, place: Place, cleaner: Cleaner): string {
  if (segment === '' || isPlaceholder(segment) || isRouteWord(segment)) return segment
  const semicolon = segment.indexOf(';')
  if (semicolon >= 0) {
    const parameters = segment.slice(semicolon + 1).split(';')
    return [
      cleanSegment(segment.slice(0, semicolon), place, cleaner),
      ...parameters.map((pair) => cleanParameter(pair, cleaner)),
    ].join(';')
  }
  return cleanName(segment, place, cleaner)
}

/** `[id]`, `[...slug]`, `{user}`: the word that a route has in place of a value. */
function isRouteWord(segment: string): boolean {
  const first = segment.charCodeAt(0)
  if (first !== 0x5b && first !== 0x7b) return false
  return /^(?:\[{1,2}(?:\.{3})?[a-z][a-z_-]{0,30}\]{1,2}|\{[a-z][a-z_-]{0,30}\})$/i.test(segment)
}

/** `;jsessionid=…` */
function cleanParameter(pair: string, cleaner: Cleaner): string {
  const equals = pair.indexOf('=')
  const value = pair.slice(equals + 1)
  if (equals < 0 || value.length < 4) return pair.length < 8 ? pair : cleaner.secretInUrl('token', 'value', pair)
  return `${pair.slice(0, equals)}=${cleaner.secretInUrl('token', 'value', value)}`
}

/** The extension says what was asked for and stays; what is before it is judged as if it stood alone. */
function cleanName(segment: string, place: Place, cleaner: Cleaner): string {
  const name = fileNameOf(segment)
  if (isPlaceholder(name.stem)) return segment
  const decoded = segment.includes('%') ? decodePercent(segment) : segment
  const isBuilt = isAsset(name) || isBuildId(segment, place)
  const found = redactText(decoded).values[0]?.kind
  if (found === 'email') return cleaner.secretInUrl('email', found, decoded)
  const { stem, extension } = name
  // What a pattern recognises in the name, alone or as a part, takes the whole name with it.
  if (found !== undefined && !(found === 'secret' && isBuilt))
    return cleaner.secretInUrl('token', found, decodePercent(stem)) + extension
  return cleanByPlace(segment, { name, place, isBuilt }, cleaner)
}

interface Judged {
  name: FileName
  place: Place
  isBuilt: boolean
}

function cleanByPlace(segment: string, { name, place, isBuilt }: Judged, cleaner: Cleaner): string {
  const { stem, extension } = name
  if (isKnownId(segment) && !isUuid(segment)) return kept(segment, 'organisation_id', cleaner)
  if (isPersonal(name, place.parent)) return cleaner.secretInUrl('personal', 'id', stem) + extension
  if (isSecret(name, place.parent)) return cleaner.secretInUrl('token', 'token', stem) + extension
  if (isShortCode(stem, place.parent)) return cleaner.secretInUrl('other', 'id', stem) + extension
  if (isBuilt) return isWordy(segment) ? segment : kept(segment, 'hashed_asset', cleaner)
  if (isPackage(segment, place)) return segment
  return isIdLike(stem, decodePercent(stem)) ? cleaner.secretInUrl('other', 'id', stem) + extension : segment
}

/** Below a person everything names one but the words of an interface and the files of the application. */
function isPersonal(name: FileName, parent: string): boolean {
  return PERSON_PARENTS.has(parent.toLowerCase()) && !COMMON_CHILD.test(name.stem) && !isOfApplication(name)
}

function isSecret(name: FileName, parent: string): boolean {
  const { stem } = name
  if (!SECRET_PARENTS.has(parent.toLowerCase()) || isOfApplication(name)) return false
  return stem.length >= 6 && !COMMON_CHILD.test(stem) && !isWordOfRoute(stem)
}

/** `/otp/4821`, but not `/download/2026`. */
function isShortCode(stem: string, parent: string): boolean {
  return /^\d{4,5}$/.test(stem) && SECRET_PARENTS.has(parent.toLowerCase()) && !/^(?:19|20)\d\d$/.test(stem)
}

/** One word or two: more of them are a title or a phrase to sign in with. */
function isWordOfRoute(stem: string): boolean {
  const parts = stem.split(/[-_.]/)
  return parts.length <= 2 && isWordy(stem) && parts.every((part) => isLikelyWord(part))
}

function isOfApplication({ stem, kind }: FileName): boolean {
  if (kind !== 'code' && kind !== 'program') return false
  return isWordy(stem) ? !/\d{5,}/.test(stem) : kind === 'code' && isNamedBuild(stem)
}

/** `/_next/static/<build>/` and `/_next/data/<build>/`: the version of the application that is being run. */
function isBuildId(segment: string, { parent, grandparent }: Place): boolean {
  return grandparent === '_next' && (parent === 'static' || parent === 'data') && /^[\w-]{1,40}$/.test(segment)
}

const VERSIONED =
  /^(?:@?[a-z\d][a-z\d._-]{0,80})@(?:v?\d{1,6}(?:\.\d{1,6}){0,2}(?:-[a-z]{1,12}(?:\.\d{1,6}){0,3})?|latest|next)$/i

/** `pkg@1.2.3`, and the `@scope` before it: what a content network serves. */
function isPackage(segment: string, { next }: Place): boolean {
  if (!segment.includes('@')) return false
  return VERSIONED.test(segment) || (VERSIONED.test(next) && /^@[a-z\d][a-z\d._-]{0,80}$/i.test(segment))
}

function kept(segment: string, reason: 'organisation_id' | 'hashed_asset', cleaner: Cleaner): string {
  cleaner.kept(reason)
  return segment
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-/i.test(text)
}

function isIdLike(segment: string, decoded: string): boolean {
  if (/^\d{5,}$/.test(segment) || isUuid(segment) || /\d{7,}/.test(segment) || /@/.test(decoded)) return true
  if (/^[0-9a-f]{12,}$/i.test(segment) && /\d/.test(segment)) return true
  if (/[^\p{L}\p{N}_.,:+ ()'&!~$*=@-]/u.test(decoded)) return true
  return segment.length >= 10 && !isWordy(segment) && isMixed(segment)
}

/** Letters with digits that are no version, or capitals all over. */
function isMixed(segment: string): boolean {
  if (segment.length >= 16 && /[A-Z][^A-Z]*[A-Z][^A-Z]*[A-Z]/.test(segment) && /[a-z]/.test(segment)) return true
  const hasBoth = /\d/.test(segment) && /[A-Za-z]/.test(segment)
  return hasBoth && !/^[a-z-]+[._-]?v?\d[\d.]*(?:[.-][a-z]+)*$/i.test(segment)
}
