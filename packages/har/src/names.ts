import { classifyName, isKnownId, isPlaceholder, isWordy, looksRandom, type NameKind } from '@clew/redact'

const PLAIN_NAME = /^[\p{L}\p{N}_$.:\-/ [\]*#]{1,80}$/u

/** A name that can be shown as it is. A key such as an e-mail address or a session id cannot. */
export function isPlainName(name: string): boolean {
  return isShortName(name) || factsOf(name).isPlain
}

const MAX_SHORT = 19
const MAX_SHORT_DIGITS = 5

/** What most names are, told without looking them up: a few letters and hyphens. */
function isShortName(name: string): boolean {
  if (name.length === 0 || name.length > MAX_SHORT) return false
  let digits = 0
  for (let i = 0; i < name.length; i += 1) {
    const code = name.charCodeAt(i)
    const lower = code | 0x20
    if (code >= 0x30 && code <= 0x39) digits += 1
    else if ((lower < 0x61 || lower > 0x7a) && code !== 0x2d && code !== 0x5f && code !== 0x3a) return false
  }
  return digits <= MAX_SHORT_DIGITS
}

const REQUEST_ID_NAME =
  /^(?:x-)?(?:(?:amzn?|ms|goog|ibm|oracle|vercel|netlify|github|shopify|fastly|akamai|azure|openai|anthropic|cloud|nf|cf|b3|kong|envoy|middleton|varnish|openstack|compute|apigw|client|correlation|heroku|oss|obs|cos|okta|auth0|atl|sfdc)-)*(?:request|correlation|trace|transaction|span|activity|operation|completion|event|ray|invocation|error|support|incident|parentspan)[-_.]?id$/i

const OTHER_ID_NAMES = new Set([
  'cf-ray',
  'traceparent',
  'x-amzn-trace-id',
  'x-amz-cf-id',
  'x-amz-id-2',
  'x-amz-request-id',
  'x-cloud-trace-context',
  'x-b3-traceid',
  'x-b3-spanid',
  'x-vercel-id',
  'x-nf-request-id',
  'x-request-guid',
  'x-trace',
  'request-id',
  'requestid',
  'x-varnish',
  'x-served-by',
  'x-timer',
  'x-azure-ref',
  'x-akamai-request-id',
  'fly-request-id',
  'x-fb-debug',
  'x-fb-trace-id',
  'x-amz-apigw-id',
  'x-datadog-trace-id',
  'x-datadog-parent-id',
  'sentry-trace',
  'uber-trace-id',
  'rndr-id',
  'x-guploader-uploadid',
  'openai-organization',
  'openai-project',
  'organization',
  'organization-id',
  'organisation-id',
  'organizationid',
  'organisationid',
  'org-id',
  'orgid',
  'project-id',
  'projectid',
  'workspace-id',
  'trace-id',
  'traceid',
  'span-id',
  'spanid',
  'ray',
  'reference-id',
  'x-runtime',
  'x-ms-ests-server',
  'x-organization-id',
  'x-org-id',
]) // prettier-ignore

/** Request, trace and organisation ids: random-looking, open nothing, and are what an engineer searches the logs for. */
export function isIdName(name: string): boolean {
  return factsOf(name).isId
}

export function isOrganisationName(name: string): boolean {
  return /org|project|workspace/i.test(name)
}

export function isIdValue(value: string): boolean {
  return value.length <= 200 && /^[\w.:;=@/+\-, |*~()#!]+$/.test(value)
}

/** What the name says about its value; undefined when it says nothing. */
export function kindOfName(name: string): NameKind | undefined {
  return factsOf(name).kind
}

/** The name of a header, a cookie or a parameter: made by a programmer, so it may carry a number or a hash, but no token. */
export function isPlainToken(name: string): boolean {
  return isShortName(name) || factsOf(name).isToken
}

/** The name of a parameter. A cookie may be named after a hash; a parameter that is one was a value without a name. */
export function isPlainParameter(name: string): boolean {
  return isPlainToken(name) && (name.length < 20 || !/[0-9a-f]{20}/i.test(name))
}

interface NameFacts {
  isPlain: boolean
  isToken: boolean
  isId: boolean
  kind: NameKind | undefined
}

const MAX_REMEMBERED = 10_000
const remembered = new Map<string, NameFacts>()

/** The same few hundred names come again with every entry. */
function factsOf(name: string): NameFacts {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const isId = judgeIdName(name)
  const facts: NameFacts = {
    isPlain: judgePlainName(name),
    isToken: judgeToken(name),
    isId,
    kind: isId ? undefined : classifyName(name),
  }
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  if (name.length <= 128) remembered.set(name, facts)
  return facts
}

function judgePlainName(name: string): boolean {
  if (isPlaceholder(name)) return true
  if (!PLAIN_NAME.test(name) || /\d{6,}/.test(name) || hasShuffledCase(name)) return false
  return name.length < 20 || isKnownId(name) || !looksRandom(name)
}

const TOKEN_NAME = /^[\p{L}\p{N}_$.:\-/ [\]*#%!~|@]{1,80}$/u

function judgeToken(name: string): boolean {
  if (judgePlainName(name)) return true
  if (!TOKEN_NAME.test(name) || /\d{9,}/.test(name) || /@|%40/.test(name.replace('%40AdobeOrg', ''))) return false
  if (hasShuffledCase(name)) return false
  const runs = name.match(/[A-Za-z0-9]{10,}/g) ?? []
  const isWholeHash = runs.some((run) => run.length === name.length)
  return !isWholeHash && runs.every((run) => /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(run) || !isRandomRun(run))
}

/** A long run of letters without a digit, in which capitals stand anywhere: `xKqRTbvNwQeLmZpYcHdFgJsA`. */
function hasShuffledCase(name: string): boolean {
  return (name.match(/[A-Za-z]{20,}/g) ?? []).some(
    (run) => /[A-Z]{2}/.test(run) && (run.match(/[a-z](?=[A-Z])/g)?.length ?? 0) >= 4 && !isWordy(run),
  )
}

/** Digits and letters that change places often: `9aF3kL0pQx7Z`, not `sha1base36`. */
function isRandomRun(run: string): boolean {
  const changes = run.match(/\d[A-Za-z]|[A-Za-z]\d|[a-z][A-Z]/g)?.length ?? 0
  const isMixed = run.length >= 24 && /[a-z]/.test(run) && /[A-Z]/.test(run)
  return /\d/.test(run) && changes * (isMixed ? 8 : 4) >= run.length
}

function judgeIdName(name: string): boolean {
  if (name.length > 80) return false
  const plain = name.toLowerCase().replaceAll('_', '-')
  return (
    OTHER_ID_NAMES.has(plain) || REQUEST_ID_NAME.test(plain) || /^(?:request|trace|correlation|span)id$/.test(plain)
  )
}
