import { Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { SharedFileView } from '../views.ts'
import { sharedPage, Until, type Words } from './shared-parts.tsx'

/** A plain file for somebody outside: a film plays here, a picture is shown, of anything else there is its name. */
export function renderSharedFilePage(view: SharedFileView, site: Site, words: Words): string {
  const { t } = words
  const { name, shown, downloadHref } = view
  const megabytes = t.format.number(Math.ceil(view.sizeBytes / 100_000) / 10, { maximumFractionDigits: 1 })
  return sharedPage(site, words, {
    title: name,
    lede: t('share.file_lede', { brand: site.brand.name, size: t('share.megabytes', { n: megabytes }) }),
    rail: t('share.view_only'),
    children: (
      <>
        <Strip as="section" class="sharefile" label={t('share.file')}>
          {shown?.as === 'film' && (
            // biome-ignore lint/a11y/useMediaCaption: a recording of a screen comes without captions
            <video controls preload="metadata" playsInline aria-label={name}>
              <source src={shown.href} type={shown.mediaType} />
            </video>
          )}
          {shown?.as === 'picture' && <img src={shown.href} alt={name} />}
          {shown === undefined && (
            <p>{t(downloadHref === undefined ? 'share.file_not_shown' : 'share.file_to_keep')}</p>
          )}
        </Strip>
        <Until
          expiresAt={view.expiresAt}
          download={downloadHref && { href: downloadHref, label: t('share.file_download') }}
          site={site}
          words={words}
        />
      </>
    ),
  })
}
