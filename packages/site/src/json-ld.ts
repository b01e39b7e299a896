import type { SafeHtml } from './safe-html.ts'
import { trustSanitised } from './safe-html.ts'

export type JsonLd = { readonly [name: string]: JsonLdValue | undefined }
type JsonLdValue = string | number | JsonLd | readonly JsonLdValue[]

const unsafe = /[<>&\u2028\u2029]/g

/** JSON for a script element: nothing in it can close the element, open a comment or break a line. */
export function scriptJson(data: JsonLd): SafeHtml {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return trustSanitised(JSON.stringify(data).replace(unsafe, escape))
}

export function breadcrumbList(items: readonly { readonly name: string; readonly url: string }[]): JsonLd {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: items.map(({ name, url }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: url,
    })),
  }
}
