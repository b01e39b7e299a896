import type { T } from '@clew/i18n'
import type { ComponentChildren } from 'preact'
import { longDay, timeOfDay, zoneName } from '../dates.ts'
import { renderPage } from '../document.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'

export type Words = { t: T<'share'> }

type Page = { title: string; lede: string; rail: string; children: ComponentChildren }

/** A page behind a view-only link: nobody finds it, and nothing on it can be changed. */
export function sharedPage(site: Site, { t }: Words, { title, lede, rail, children }: Page): string {
  return renderPage({
    site,
    head: { title, description: t('share.description'), noIndex: true },
    bubble: false,
    children: (
      <main id="main">
        <Strip class="arthead" live rail={rail}>
          <h1>
            <Breakable text={title} at={IN_FILE_NAME} />
          </h1>
          <p class="lede">{lede}</p>
        </Strip>
        {children}
      </main>
    ),
  })
}

/** Before an ending, behind a dash. */
const IN_FILE_NAME = /(?=\.\w)|(?<=[-_])/

/** Text that is too long for one line goes on in another at these places. */
export function Breakable({ text, at }: { text: string; at: RegExp }) {
  return (
    <>
      {text.split(at).map((part, index) => (
        <span key={index}>
          {index > 0 && <wbr />}
          {part}
        </span>
      ))}
    </>
  )
}

type UntilProps = {
  expiresAt: Date
  download?: { href: string; label: string } | undefined | ''
  site: Site
  words: Words
}

/** Until when it can be looked at, and the download where the link permits one. */
export function Until({ expiresAt, download, site, words: { t } }: UntilProps) {
  const until = `${longDay(site, expiresAt)}, ${timeOfDay(site, expiresAt)} ${zoneName(site, expiresAt)}`
  return (
    <Strip class="noticebody" knot={<Knot shape="ring" />}>
      <p class="muted">{t('share.until', { until })}</p>
      {download && (
        <p class="btns">
          <a class="btn" href={download.href} rel="nofollow">
            {download.label}
          </a>
        </p>
      )}
    </Strip>
  )
}
