import { Head, renderDocument } from '../document.tsx'
import type { Site } from '../site.ts'
import type { DemoView } from '../views.ts'

const files = [
  { name: 'manifest-piraeus-0417.pdf', kind: 'PDF', sizeMb: 1.2 },
  { name: 'q3-report.pdf', kind: 'PDF', sizeMb: 18.4 },
  { name: 'container-photos.zip', kind: 'ZIP', sizeMb: 9.7 },
  { name: 'customs-declaration.docx', kind: 'DOCX', sizeMb: 0.3 },
] as const

/**
 * A page of a made-up host product, to show the bubble where it is meant to be: on somebody else's page, with a
 * look of its own, by one script tag, under a strict policy. Its upload refuses large files.
 */
export function renderDemoPage(view: DemoView, site: Site): string {
  const { t, paths, locale } = site
  return renderDocument(
    <html lang={locale}>
      <Head
        site={site}
        head={{ title: t('site.demo_title'), description: t('site.demo_about'), noIndex: true }}
        styles="demo.css"
        scripts={['demo.js']}
        bubble
      />
      <body>
        <aside class="demo-note" aria-label={t('site.demo_note')}>
          {t('site.demo_about')} <a href={paths.home(locale)}>{t('site.help_centre')}</a>
        </aside>
        <header class="host-top">
          <b>{t('site.demo_product')}</b>
          <nav aria-label={t('site.demo_product')}>
            <span>{t('site.demo_nav_shipments')}</span>
            <span aria-current="page">{t('site.demo_nav_files')}</span>
            <span>{t('site.demo_nav_customs')}</span>
          </nav>
        </header>
        <main>
          <h1>{t('site.demo_nav_files')}</h1>
          <Upload view={view} site={site} />
          <FileTable site={site} />
        </main>
      </body>
    </html>,
  )
}

function Upload({ view, site }: { view: DemoView; site: Site }) {
  const { t } = site
  return (
    <form class="upload" method="post" action={view.uploadAction} encType="multipart/form-data" data-upload>
      <label for="file">{t('site.demo_upload_label')}</label>
      <div>
        <input id="file" name="file" type="file" required />
        <button type="submit">{t('site.demo_upload_button')}</button>
      </div>
      <progress max={1} value={0} hidden aria-label={t('site.demo_upload_button')} />
      <p
        role="status"
        data-sending={t('site.demo_sending')}
        data-done={t('site.demo_done')}
        data-failed={t('site.demo_failed')}
        data-request-id={t('site.demo_request_id')}
      />
    </form>
  )
}

function FileTable({ site }: { site: Site }) {
  const { t } = site
  const size = (mb: number) => t.format.number(mb, { style: 'unit', unit: 'megabyte' })
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('site.demo_file_name')}</th>
          <th scope="col">{t('site.demo_file_kind')}</th>
          <th scope="col" class="number">
            {t('site.demo_file_size')}
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ name, kind, sizeMb }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{kind}</td>
            <td class="number">{size(sizeMb)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
