/** What kind of file a segment of a path names, told by its extension. */
export type FileKind =
  /** Made by a build: the same for everybody, and often named after a hash. */
  | 'code'
  /** Pictures and sounds: made by a build, or uploaded by a person. */
  | 'media'
  /** A program of the server, named by whoever wrote it. */
  | 'program'
  /** An answer or a document, named after what is in it. */
  | 'document'

const KINDS: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...of('code', 'js mjs cjs css map woff woff2 ttf otf eot wasm'),
  ...of('media', 'png jpg jpeg gif svg webp avif ico mp4 webm mp3'),
  ...of('program', 'php asp aspx ashx asmx axd jsp cgi do action'),
  ...of(
    'document',
    'html htm xhtml json jsonl ndjson webmanifest txt xml rss atom pdf csv ics vcf zip xls xlsx doc docx ppt pptx',
  ),
])

function of(kind: FileKind, extensions: string): [string, FileKind][] {
  return extensions.split(' ').map((extension) => [extension, kind])
}

const LONGEST_EXTENSION = 11

export interface FileName {
  stem: string
  /** With its dot; empty when it is none of ours. */
  extension: string
  kind: FileKind | undefined
}

export function fileNameOf(segment: string): FileName {
  const dot = segment.lastIndexOf('.')
  const isShort = dot > 0 && segment.length - dot - 1 <= LONGEST_EXTENSION
  const kind = isShort ? KINDS.get(segment.slice(dot + 1).toLowerCase()) : undefined
  if (kind === undefined) return { stem: segment, extension: '', kind }
  return { stem: segment.slice(0, dot), extension: segment.slice(dot), kind }
}

const ASSET_NAME = /^[\w.@~%+!-]{1,160}$/

/** A file of an application or a site, whose name may carry a hash. */
export function isAsset({ stem, kind }: FileName): boolean {
  return (kind === 'code' || kind === 'media') && ASSET_NAME.test(stem)
}

/** `main.8f3a2c1d9e4b7a60`: a build puts the hash behind the name of what it made. */
export function isNamedBuild(stem: string): boolean {
  return /^[A-Za-z]{2,30}[._-]/.test(stem)
}
