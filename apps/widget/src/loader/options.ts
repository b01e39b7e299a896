import type { BootOptions, HostContext } from '../bridge.ts'

/** What the script tag says of itself: `data-locale`, `data-theme`, `data-article`. */
export function readDataOptions(data: Readonly<Record<string, string | undefined>>): BootOptions {
  const options: BootOptions = {}
  if (data['locale'] === 'en' || data['locale'] === 'el') options.locale = data['locale']
  if (data['theme'] === 'light' || data['theme'] === 'dark') options.theme = data['theme']
  if (data['article']) options.articleSlug = data['article']
  return options
}

/** The first of the given language tags that is one of ours; English otherwise. */
export function resolveLocale(...tags: (string | undefined)[]): 'en' | 'el' {
  for (const tag of tags) {
    const language = tag?.slice(0, 2).toLowerCase()
    if (language === 'en' || language === 'el') return language
  }
  return 'en'
}

/** Adds what the page knows, each id once; whatever is not a short word is passed over. */
export function mergeContext(context: HostContext, given: unknown): void {
  const more = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  for (const kind of ['requestIds', 'completionIds'] as const) {
    const list = Array.isArray(more[kind]) ? (more[kind] as unknown[]) : []
    const ids = list.filter((id): id is string => typeof id === 'string' && id !== '' && id.length <= 200)
    context[kind] = [...new Set([...context[kind], ...ids])].slice(-50)
  }
}
