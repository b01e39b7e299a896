import { defaultLocale, type Locale, locales } from '@clew/i18n'
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { type JsonLd, scriptJson } from './json-ld.ts'
import { Footer, Header, type NavPlace } from './layout.tsx'
import { Sprite } from './rail.tsx'
import type { AssetName, Site } from './site.ts'
import type { Translations } from './views.ts'

export interface PageHead {
  readonly title: string
  readonly description: string
  /** Path of this page in this language; without it the page is not for search engines. */
  readonly path?: string
  readonly translations?: Translations
  /** Canonical path where it is another page, such as the source of a text that has no translation. */
  readonly canonical?: string
  readonly noIndex?: boolean
  readonly jsonLd?: readonly JsonLd[]
  readonly scripts?: readonly AssetName[]
  /** Styles of this page alone, after those of every page. */
  readonly styles?: readonly AssetName[]
  /** Given to the bubble, so that a conversation knows what was being read. */
  readonly articleSlug?: string
}

interface PageProps {
  site: Site
  head: PageHead
  here?: NavPlace
  /** Embeds the bubble where the site has one. */
  bubble?: boolean
  children: ComponentChildren
}

/** A complete document of the help centre: header, content, footer. `children` brings its own `main` landmark. */
export function renderPage({ site, head, here = 'none', bubble = true, children }: PageProps): string {
  return renderDocument(
    <html lang={site.locale}>
      <Head site={site} head={head} styles="site.css" scripts={['site.js', ...(head.scripts ?? [])]} bubble={bubble} />
      <body>
        <a class="skip" href="#main">
          {site.t('site.skip_to_content')}
        </a>
        <Sprite />
        <div class="page">
          <Header site={site} here={here} translations={head.translations ?? {}} />
          {children}
          <Footer site={site} />
        </div>
      </body>
    </html>,
  )
}

export const renderDocument = (html: VNode): string => `<!doctype html>\n${renderToString(html)}`

interface HeadProps {
  site: Site
  head: PageHead
  styles: AssetName
  scripts: readonly AssetName[]
  bubble: boolean
}

export function Head({ site, head, styles, scripts, bubble }: HeadProps) {
  const { assets } = site
  const fonts = [...assets.preloadFonts.latin, ...(site.locale === 'el' ? assets.preloadFonts.greek : [])]
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${head.title} · ${site.brand.name}`}</title>
      <meta name="description" content={head.description} />
      <meta name="color-scheme" content="light dark" />
      <Addresses site={site} head={head} />
      {fonts.map((href) => (
        <link key={href} rel="preload" as="font" type="font/woff2" href={href} crossorigin="anonymous" />
      ))}
      {[styles, ...(head.styles ?? [])].map((name) => (
        <link key={name} rel="stylesheet" href={assets.url(name)} />
      ))}
      {site.brand.stylesheet !== undefined && <link rel="stylesheet" href={site.brand.stylesheet} />}
      {scripts
        .flatMap((name) => assets.importsOf(name))
        .map((href) => (
          <link key={href} rel="modulepreload" href={href} nonce={site.nonce} />
        ))}
      <link rel="icon" type="image/svg+xml" href={assets.url('mark.svg')} />
      {head.jsonLd?.map((data) => (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: scriptJson escapes what could end the element
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: scriptJson(data) }} />
      ))}
      {scripts.map((name) => (
        <script key={name} type="module" src={assets.url(name)} nonce={site.nonce} />
      ))}
      {bubble && site.widgetSrc !== undefined && (
        <script
          async
          src={site.widgetSrc}
          data-locale={site.locale}
          data-article={head.articleSlug}
          data-side={site.widgetLook?.side}
          data-accent={site.widgetLook?.accent}
          nonce={site.nonce}
        />
      )}
    </head>
  )
}

function Addresses({ site, head }: { site: Site; head: PageHead }) {
  const { paths } = site
  const canonical = head.canonical ?? head.path
  if (head.noIndex || head.path === undefined || canonical === undefined)
    return <meta name="robots" content="noindex" />
  const translations: Translations = { ...head.translations, [site.locale]: head.path }
  const isOriginal = head.canonical === undefined || head.canonical === head.path
  return (
    <>
      <link rel="canonical" href={paths.absolute(canonical)} />
      {isOriginal && <Alternates site={site} translations={translations} />}
      <meta property="og:title" content={head.title} />
      <meta property="og:description" content={head.description} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={paths.absolute(canonical)} />
    </>
  )
}

function Alternates({ site, translations }: { site: Site; translations: Translations }) {
  const known = (site.offered ?? locales).flatMap((locale) =>
    translations[locale] === undefined ? [] : [[locale, translations[locale]] as const],
  )
  const fallback = translations[site.defaultLocale ?? defaultLocale] ?? known[0]?.[1]
  return (
    <>
      {known.map(([locale, path]) => (
        <link key={locale} rel="alternate" hreflang={locale} href={site.paths.absolute(path)} />
      ))}
      {fallback !== undefined && <link rel="alternate" hreflang="x-default" href={site.paths.absolute(fallback)} />}
    </>
  )
}

/** The same page in every language that we speak. */
export function inEveryLocale(pathFor: (locale: Locale) => string): Translations {
  return Object.fromEntries(locales.map((locale) => [locale, pathFor(locale)]))
}
