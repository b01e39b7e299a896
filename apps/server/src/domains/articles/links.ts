import type { Locale } from '@clew/contract/primitives'
import { createPaths } from '@clew/site'
import type { ResolveLink } from './markdown.ts'

// Only paths are made here; whoever shows them knows the origin.
const paths = createPaths('https://clew.invalid')

const pages: Readonly<Record<string, (locale: Locale) => string>> = {
  har: paths.har,
  contact: paths.contact,
  status: paths.status,
  my: paths.myCases,
}

export const articlePath = paths.article

/** Resolves `article:slug` and `page:name`, each with or without `#part`; what else is not https or mail is no link. */
export function linksOf(locale: Locale, exists: (slug: string) => boolean): ResolveLink {
  return (href) => {
    const [, kind, name = '', fragment = ''] = /^(article|page):([a-z0-9-]+)(#[\w-]+)?$/.exec(href) ?? []
    if (kind === 'article') return exists(name) ? articlePath(locale, name) + fragment : undefined
    if (kind === 'page') return Object.hasOwn(pages, name) ? `${pages[name]?.(locale)}${fragment}` : undefined
    return /^(https:\/\/|mailto:)/i.test(href) ? href : undefined
  }
}
