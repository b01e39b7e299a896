import {
  type AttachmentKind,
  type PolicyName,
  type PolicyValue,
  policyDefaults,
  policySchemas,
} from '@clew/contract/security-policies'

/** What holds: what was decided, and the default of each part that nobody has decided, also of one that is new. */
export function policyOf<N extends PolicyName>(name: N, saved: unknown): PolicyValue<N> {
  const parsed = policySchemas[name].safeParse(saved ?? {})
  // What an older version wrote and this one does not understand is no rule that anybody chose.
  return (parsed.success ? parsed.data : policyDefaults[name]) as PolicyValue<N>
}

/** What a file is, as people would say it, by the type that its bytes bear out and else by its name. */
export function attachmentKindOf(mediaType: string, name: string): AttachmentKind {
  if (mediaType.startsWith('image/')) return 'pictures'
  if (mediaType.startsWith('video/') || mediaType.startsWith('audio/')) return 'media'
  if (mediaType === 'application/pdf') return 'documents'
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const byName = kindOfEnding.get(ending)
  if (byName !== undefined) return byName
  if (mediaType === 'application/zip') return 'archives'
  return mediaType.startsWith('text/') || mediaType === 'application/json' ? 'text' : 'other'
}

const endings: Readonly<Partial<Record<AttachmentKind, string>>> = {
  documents: 'pdf doc docx odt rtf xls xlsx ods ppt pptx odp pages numbers key',
  text: 'txt log csv tsv json xml yaml yml md ini conf',
  archives: 'zip gz tgz tar 7z rar bz2 xz',
  media: 'mp4 webm mov avi mkv mp3 wav ogg m4a',
  pictures: 'heic heif tif tiff bmp avif svg',
}
const kindOfEnding: ReadonlyMap<string, AttachmentKind> = new Map(
  Object.entries(endings).flatMap(([kind, list]) =>
    list.split(' ').map((ending) => [ending, kind as AttachmentKind] as const),
  ),
)

export type FileFacts = { mediaType: string; name: string; sizeBytes: number }

/** Why a file is not taken, if it is not. */
export function attachmentProblem(
  { kinds, maxMb }: PolicyValue<'attachments'>,
  { mediaType, name, sizeBytes }: FileFacts,
): 'policy.file_kind_refused' | 'policy.file_too_large' | undefined {
  if (sizeBytes > maxMb * 1_000_000) return 'policy.file_too_large'
  return kinds.includes(attachmentKindOf(mediaType, name)) ? undefined : 'policy.file_kind_refused'
}

/** Whether an API key may be as it is asked for. */
export function apiKeyProblem(
  { maxDays, scopes, serviceAccountsOnly }: PolicyValue<'api_keys'>,
  key: { lifetimeMs: number; scopes: readonly string[]; isServiceAccount: boolean },
): 'api_key.too_long' | 'policy.key_scope_refused' | 'policy.key_personal' | undefined {
  if (serviceAccountsOnly && !key.isServiceAccount) return 'policy.key_personal'
  // An hour more, for a clock that is not ours.
  if (key.lifetimeMs > maxDays * 86_400_000 + 3_600_000) return 'api_key.too_long'
  if (scopes !== null && key.scopes.some((scope) => !(scopes as readonly string[]).includes(scope)))
    return 'policy.key_scope_refused'
  return undefined
}
