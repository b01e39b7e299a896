import { classifyName, isKnownId, isPlaceholder, looksRandom, type NameKind } from '@clew/redact'
import type { RemovalKind } from './types.ts'

/** Kind and label of the value under a name that says what it is. */
export function removalFor(kind: NameKind): RemovalKind {
  return kind
}

const PLAIN_NAME = /^[\p{L}\p{N}_$.:\-/ [\]*#]{1,80}$/u

/** A name that can be shown as it is. A key such as an e-mail address or a session id cannot. */
export function isPlainName(name: string): boolean {
  if (isPlaceholder(name)) return true
  if (!PLAIN_NAME.test(name) || /\d{6,}/.test(name)) return false
  return name.length < 20 || isKnownId(name) || !looksRandom(name)
}

const REQUEST_ID_NAME =
  /^(?:x-)?(?:(?:amzn?|ms|goog|ibm|oracle|vercel|netlify|github|shopify|fastly|akamai|azure|openai|anthropic|cloud|nf|cf|b3|kong|envoy|middleton|varnish)-)*(?:request|correlation|trace|transaction|span|activity|operation|completion|event|ray|invocation|error|support|incident|parentspan)[-_.]?id$/i

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
  const plain = name.toLowerCase().replaceAll('_', '-')
  return (
    OTHER_ID_NAMES.has(plain) || REQUEST_ID_NAME.test(plain) || /^(?:request|trace|correlation|span)id$/.test(plain)
  )
}

export function isIdValue(value: string): boolean {
  return value.length <= 200 && /^[\w.:;=@/+\-, ]+$/.test(value)
}

export function kindOfName(name: string): NameKind | undefined {
  return isIdName(name) ? undefined : classifyName(name)
}
