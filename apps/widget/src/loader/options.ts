import type { BootOptions } from '../bridge.ts'

/** What the script tag says of itself: `data-locale`, `data-theme`, `data-side`, `data-accent`, `data-article`. */
export function readDataOptions(data: Readonly<Record<string, string | undefined>>): BootOptions {
  const options: BootOptions = { side: data['side'], accent: data['accent'] }
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
