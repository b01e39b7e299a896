import type { Locale, T } from '@clew/i18n'
import type { ContactSentView } from './views.contact.ts'
import type { ComponentState } from './views.ts'

/** What every page needs besides its own view: whose site this is, who reads it, and where things are. */
export interface Site {
  readonly brand: {
    readonly name: string
    /** Address of the operator's own logo. */
    readonly logo?: string
    /** Address of a style sheet with the operator's colours. */
    readonly stylesheet?: string
  }
  readonly locale: Locale
  /** The languages that are offered, in their order; without it all. */
  readonly offered?: readonly Locale[]
  /** The language for those who speak none of the others. */
  readonly defaultLocale?: Locale
  /** Made by `createT({ locale, timeZone }, site catalogue)`: its zone is the one that times are written in. */
  readonly t: T<'site'>
  readonly paths: SitePaths
  readonly assets: SiteAssets
  /** Address of the bubble's loader. Without it no bubble is embedded. */
  readonly widgetSrc?: string
  /** How the button of the bubble looks before it says anything. */
  readonly widgetLook?: { readonly side?: 'left'; readonly accent?: string }
  /** Put on our external scripts where the policy asks for one. */
  readonly nonce?: string
  /** Name of the person signed in to the workspace, for pages that are not cached. */
  readonly signedInAs?: string
  /** When people answer, as the operator words it. */
  readonly supportHoursText?: string
  /** The worst state of all components now; left out when nothing is known. */
  readonly serviceState?: ComponentState
  /** Further links of the footer, such as the operator's privacy notice. */
  readonly footerLinks?: readonly { readonly href: string; readonly label: string }[]
}

/** Locales by their own names, as the language switch shows them. */
export const localeNames: Readonly<Record<Locale, string>> = { en: 'English', el: 'Ελληνικά' }

export interface SitePaths {
  /** Makes a path absolute, for canonical links and structured data. */
  absolute(path: string): string
  home(locale: Locale): string
  section(locale: Locale, slug: string): string
  article(locale: Locale, slug: string): string
  articleFeedback(locale: Locale, slug: string): string
  search(locale: Locale, query?: SearchQuery): string
  contact(locale: Locale, about?: ContactQuery): string
  /** What the page says is in its address, so that it says the same in the other language and after a reload. */
  contactSent(locale: Locale, sent: ContactSentView): string
  har(locale: Locale): string
  /** The script that keeps the HAR page for times without a network. Its place decides what it may serve. */
  harOffline(locale: Locale): string
  status(locale: Locale): string
  /** Where one asks to be told of an incident by mail, and what is said afterwards. */
  statusFollow(locale: Locale, place?: 'sent'): string
  /** The status for programs, in the shapes of Statuspage v2. */
  statusJson(): string
  myCases(locale: Locale): string
  /** One of one's own cases, and what can be done there. */
  myCase(locale: Locale, number: number, act?: 'reply' | 'reopen'): string
  /** A file that was sent in one's own case. */
  myFile(locale: Locale, number: number, fileId: string): string
  myDoor(locale: Locale, place: MyPlace): string
  demo(locale: Locale): string
  workspace(): string
  api(path: string): string
}

/** Where one comes in to one's cases, leaves, and takes everything away. */
export type MyPlace =
  | 'link'
  | 'enter'
  | 'identity'
  | 'sign-out'
  | 'sign-out-everywhere'
  | 'export'
  | 'delete'
  | `certificates/${string}`

export interface SearchQuery {
  readonly q: string
  /** Search the words as written, without reading them as a typo or Greeklish. */
  readonly asWritten?: boolean
}

/** What a link to the contact form carries along, so that nothing is asked twice. */
export interface ContactQuery {
  readonly article?: string
  /** Ids of the steps already tried. */
  readonly tried?: readonly string[]
  readonly query?: string
}

/** The addresses of the public pages below a base URL such as `https://help.northlight.example`. */
export function createPaths(baseUrl: string): SitePaths {
  const base = new URL(baseUrl)
  const root = base.pathname.replace(/\/+$/, '')
  const at = (...parts: string[]) => `${root}/${parts.map(encodeURIComponent).join('/')}`
  return {
    absolute: (path) => new URL(path, base.origin).href,
    home: (locale) => at(locale),
    section: (locale, slug) => at(locale, 'sections', slug),
    article: (locale, slug) => at(locale, 'articles', slug),
    articleFeedback: (locale, slug) => at(locale, 'articles', slug, 'feedback'),
    search: (locale, query) =>
      at(locale, 'search') + queryString({ q: query?.q, exact: query?.asWritten ? '1' : undefined }),
    contact: (locale, about) =>
      at(locale, 'contact') +
      queryString({ article: about?.article, tried: about?.tried?.join(',') || undefined, q: about?.query }),
    contactSent: (locale, { reference, score, next, masked }) =>
      at(locale, 'contact', 'sent') +
      queryString({ reference, score: score?.toString(), next, masked: masked?.join(',') || undefined }),
    har: (locale) => at(locale, 'har'),
    harOffline: (locale) => at(locale, 'har-offline.js'),
    status: (locale) => at(locale, 'status'),
    statusFollow: (locale, place) => at(locale, 'status', 'follow', ...(place === undefined ? [] : [place])),
    statusJson: () => `${root}/api/v2/summary.json`,
    myCases: (locale) => at(locale, 'my'),
    myCase: (locale, number, act) => at(locale, 'my', `C-${number}`, ...(act === undefined ? [] : [act])),
    myFile: (locale, number, fileId) => at(locale, 'my', `C-${number}`, 'files', fileId),
    myDoor: (locale, place) => at(locale, 'my', place),
    demo: (locale) => at(locale, 'demo'),
    workspace: () => at('app'),
    api: (path) => `${root}/api/v1/${path.replace(/^\//, '')}`,
  }
}

function queryString(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}

export type AssetName =
  | 'site.css'
  | 'demo.css'
  | 'har-page.css'
  | 'site.js'
  | 'contact.js'
  | 'har.js'
  | 'har-worker.js'
  | 'my-cases.js'
  | 'status.js'
  | 'demo.js'
  | 'link.js'
  | 'mark.svg'

/** Public addresses of the built files, and the fonts worth a preload. */
export interface SiteAssets {
  url(name: AssetName): string
  /** What a script imports as soon as it runs. */
  importsOf(name: AssetName): readonly string[]
  readonly preloadFonts: Readonly<Record<'latin' | 'greek', readonly string[]>>
}

/** What `build.mjs` writes to `dist/manifest.json`: file names with their content hash. */
export interface SiteManifest {
  readonly files: Readonly<Record<string, string>>
  /** File names that a script imports at once, by the name of the script. */
  readonly imports?: Readonly<Record<string, readonly string[]>>
  readonly preloadFonts: Readonly<Record<'latin' | 'greek', readonly string[]>>
}

/** @param prefix where the server serves `dist/`, such as `/assets`. */
export function createAssets(manifest: SiteManifest, prefix: string): SiteAssets {
  const address = (file: string) => `${prefix.replace(/\/+$/, '')}/${file}`
  return {
    url(name) {
      const file = manifest.files[name]
      if (file === undefined) throw new Error(`The site was built without ${name}`)
      return address(file)
    },
    importsOf: (name) => (manifest.imports?.[name] ?? []).map(address),
    preloadFonts: {
      latin: manifest.preloadFonts.latin.map(address),
      greek: manifest.preloadFonts.greek.map(address),
    },
  }
}
