export const locales = ['en', 'el'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'en'

// British dates, and a twenty-four hour clock in both languages.
const tags: Record<Locale, string> = { en: 'en-GB-u-hc-h23', el: 'el-GR-u-hc-h23' }

/** The tag to give to Intl for this locale. */
export const languageTag = (locale: Locale): string => tags[locale]

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value)

/** The language of a terminal, from the variables in which POSIX keeps it, in their order. */
export const terminalLocale = (env: Readonly<Record<string, string | undefined>>): Locale =>
  /^el(?:_|\.|-|$)/.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'el' : defaultLocale

/** Picks a language that is offered from an Accept-Language header (RFC 9110, 12.5.4); the fallback when none is. */
export function negotiateLocale(
  acceptLanguage: string | undefined,
  { offered = locales, fallback = defaultLocale }: { offered?: readonly Locale[]; fallback?: Locale } = {},
): Locale {
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map(parseRange)
  const best = wanted.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality)
  return (
    (best.map(({ language }) => language).find((language) => isLocale(language) && offered.includes(language)) as
      | Locale
      | undefined) ?? fallback
  )
}

function parseRange(range: string): { language: string; quality: number } {
  const [tag = '', ...parameters] = range
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/)
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = q === undefined ? 1 : Number(q.slice(2))
  return { language: tag.split('-')[0] ?? '', quality: Number.isFinite(quality) ? quality : 0 }
}
