import type { WaterfallEntry } from './entry.ts'

/** What a request was for, as people filter by it. */
export const resourceKinds = [
  'document',
  'style',
  'script',
  'data',
  'image',
  'font',
  'media',
  'socket',
  'preflight',
  'other',
] as const
export type ResourceKind = (typeof resourceKinds)[number]

/** Chrome's, Firefox's and Safari's words for the cause of a request. */
const byCause: Readonly<Record<string, ResourceKind>> = {
  document: 'document',
  subdocument: 'document',
  stylesheet: 'style',
  script: 'script',
  xhr: 'data',
  fetch: 'data',
  xmlhttprequest: 'data',
  eventsource: 'data',
  'event-source': 'data',
  ping: 'data',
  beacon: 'data',
  image: 'image',
  img: 'image',
  imageset: 'image',
  font: 'font',
  media: 'media',
  websocket: 'socket',
  preflight: 'preflight',
}

const byMediaType: readonly (readonly [RegExp, ResourceKind])[] = [
  [/^text\/event-stream/, 'data'],
  [/json|graphql|protobuf|grpc|x-www-form-urlencoded|multipart\//, 'data'],
  [/javascript|ecmascript|wasm/, 'script'],
  [/^text\/css/, 'style'],
  [/^(text\/html|application\/xhtml)/, 'document'],
  [/^image\//, 'image'],
  [/font/, 'font'],
  [/^(audio|video)\/|mpegurl|dash\+xml/, 'media'],
  [/xml/, 'data'],
]

const byEnding: readonly (readonly [RegExp, ResourceKind])[] = [
  [/\.(m?js|wasm)$/i, 'script'],
  [/\.css$/i, 'style'],
  [/\.(png|jpe?g|gif|svg|webp|avif|ico)$/i, 'image'],
  [/\.(woff2?|ttf|otf)$/i, 'font'],
  [/\.(mp[34]|webm|m3u8|ogg|wav)$/i, 'media'],
  [/\.html?$/i, 'document'],
]

export type KindClues = Pick<WaterfallEntry, 'method' | 'path' | 'status' | 'mediaType' | 'resourceType'>

/** What the browser said it was for; else what came back; else what the address looks like. */
export function kindOf({ method, path, status, mediaType, resourceType = '' }: KindClues): ResourceKind {
  if (method === 'OPTIONS') return 'preflight'
  if (status === 101) return 'socket'
  const cause = resourceType.toLowerCase()
  const known = Object.hasOwn(byCause, cause) ? byCause[cause] : undefined
  return known ?? firstMatch(byMediaType, mediaType.toLowerCase()) ?? firstMatch(byEnding, path) ?? 'other'
}

function firstMatch(table: typeof byEnding, text: string): ResourceKind | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}
