import type { Translate } from './i18n.tsx'

const kinds = [
  'api_key',
  'bearer',
  'card',
  'cookie',
  'jwt',
  'one_time_code',
  'password',
  'private_key',
  'secret',
] as const
export type MaskKind = (typeof kinds)[number]

/** Where a secret stood, the server left a label that names its kind: `[secret:password]`. */
const label = new RegExp(`\\[secret:(${kinds.join('|')})\\]`)

/** Words and the kinds of what is hidden between them: words, kind, words and so on, ending in words. */
export function aroundMasks(body: string): { readonly words: string; readonly hidden?: MaskKind }[] {
  const parts = body.split(label)
  return parts.flatMap((words, at) => {
    if (at % 2 === 1) return []
    const hidden = kinds.find((kind) => kind === parts[at + 1])
    return [hidden === undefined ? { words } : { words, hidden }]
  })
}

/** For where there is room for words only, such as the title of a window. */
export const inWords = (t: Translate, body: string): string =>
  aroundMasks(body)
    .map(({ words, hidden }) => (hidden === undefined ? words : `${words}(${t(`workspace.hidden_${hidden}`)})`))
    .join('')
