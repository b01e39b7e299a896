import type { CaptureEntry } from '@clew/har'
import { UsageError } from './options.ts'

export interface Filters {
  host?: string | undefined
  status?: string | undefined
  type?: string | undefined
  find?: string | undefined
}

type Test = (entry: CaptureEntry) => boolean

/** True for the entries that pass every filter given. */
export function filterOf({ host, status, type, find }: Filters): Test {
  const tests: Test[] = []
  if (host !== undefined) tests.push(hostTest(host.toLowerCase()))
  if (status !== undefined) tests.push(anyOf(status.split(',').map(statusTest)))
  if (type !== undefined) tests.push(anyOf(type.split(',').map(typeTest)))
  if (find !== undefined) tests.push(({ method, url }) => `${method} ${url}`.toLowerCase().includes(find.toLowerCase()))
  return (entry) => tests.every((test) => test(entry))
}

const anyOf =
  (tests: readonly Test[]): Test =>
  (entry) =>
    tests.some((test) => test(entry))

/** The host and what is below it, with or without its port. */
function hostTest(wanted: string): Test {
  const parent = wanted.replace(/^\*\./, '')
  return ({ host }) => [host, host.replace(/:\d+$/, '')].some((name) => name === parent || name.endsWith(`.${parent}`))
}

const isFailed: Test = ({ status, networkError }) => status >= 400 || status === 0 || networkError !== ''

/** `404`, `4xx`, `400-499` or `failed`. */
function statusTest(given: string): Test {
  const text = given.trim().toLowerCase()
  if (text === 'failed') return isFailed
  const [, digit] = /^(\d)xx$/.exec(text) ?? []
  if (digit !== undefined) return ({ status }) => Math.floor(status / 100) === Number(digit)
  const [, low, high = low] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text) ?? []
  if (low === undefined) throw new UsageError('cli.har_status_wrong', { given })
  return ({ status }) => status >= Number(low) && status <= Number(high)
}

export const TYPES = ['doc', 'script', 'style', 'image', 'font', 'media', 'fetch', 'socket', 'stream', 'other'] as const
export type EntryType = (typeof TYPES)[number]

function typeTest(given: string): Test {
  const type = TYPES.find((one) => one === given.trim().toLowerCase())
  if (type === undefined)
    throw new UsageError('cli.option_not_one_of', { option: '--type', given, allowed: TYPES.join(', ') })
  return (entry) => entryType(entry) === type
}

const BY_RESOURCE = new Map<string, EntryType>(
  Object.entries({
    document: 'doc',
    script: 'script',
    stylesheet: 'style',
    image: 'image',
    font: 'font',
    media: 'media',
    xhr: 'fetch',
    fetch: 'fetch',
    websocket: 'socket',
    eventsource: 'stream',
  } as const),
)
const BY_MIME: readonly (readonly [RegExp, EntryType])[] = [
  [/html/, 'doc'],
  [/javascript|ecmascript/, 'script'],
  [/css/, 'style'],
  [/^image\//, 'image'],
  [/font/, 'font'],
  [/^(?:audio|video)\//, 'media'],
  [/event-stream/, 'stream'],
  [/json|xml|form/, 'fetch'],
]

/** What an entry fetched, as the browser says, else by its content type. */
export function entryType({ resourceType, scheme, mime }: CaptureEntry): EntryType {
  if (scheme === 'ws' || scheme === 'wss') return 'socket'
  return BY_RESOURCE.get(resourceType) ?? BY_MIME.find(([pattern]) => pattern.test(mime))?.[1] ?? 'other'
}
