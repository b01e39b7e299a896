import { harImportance } from '@clew/intake/problem-kinds'
import type { Site } from '../site.ts'
import { type ContactFile, type ContactView, contactKinds } from '../views.contact.ts'
import { describedBy, FieldError, invalid, Row, Why } from './contact-row.tsx'

interface Props {
  view: ContactView
  site: Site
}

/** Pictures and snippets. What has come already stays, since a browser never fills in a choice of files again. */
export function FilesField({ view, site }: Props) {
  const { t } = site
  return (
    <Row view={view} site={site} field="files" parts={['snippet']} category="visuals">
      <label for="files">{t('site.contact_field_files')}</label>
      <Why site={site} field="files" />
      <Came files={view.files} isCapture={false} site={site} />
      <input
        id="files"
        name="files"
        type="file"
        multiple
        accept="image/*,video/mp4,video/webm,.pdf,.txt,.log,.json,.csv"
        aria-invalid={invalid(view, 'files')}
        aria-describedby={describedBy(view, 'files')}
      />
      <FieldError view={view} site={site} field="files" />
      <div class="part">
        <label for="snippet">{t('site.contact_field_snippet')}</label>
        <textarea
          id="snippet"
          name="snippet"
          class="mono keeps"
          rows={4}
          wrap="off"
          autocomplete="off"
          spellcheck={false}
          aria-invalid={invalid(view, 'snippet')}
          aria-describedby={view.errors?.snippet === undefined ? 'snippet-why' : 'snippet-why snippet-error'}
        >
          {`\n${view.values?.snippet ?? ''}`}
        </textarea>
        <span class="why" id="snippet-why">
          {t('site.contact_why_snippet')}
        </span>
        <FieldError view={view} site={site} field="snippet" />
      </div>
    </Row>
  )
}

/** A recording is cleaned before anybody reads it: in the browser by a script, and on the server in any case. */
export function HarField({ view, site }: Props) {
  const { t, paths, locale } = site
  return (
    <div data-har={harByKind()} hidden={harImportance(view.kind ?? 'other') === 'not_needed'}>
      <Row view={view} site={site} field="har" need="helpful">
        <label for="har">{t('site.contact_field_har')}</label>
        <Why site={site} field="har" />
        <Came files={view.files} isCapture site={site} />
        <input
          id="har"
          name="har"
          type="file"
          accept=".har,.json,application/json"
          aria-invalid={invalid(view, 'har')}
          aria-describedby={describedBy(view, 'har')}
        />
        <FieldError view={view} site={site} field="har" />
        <input type="hidden" name="har_removed" value="" data-har-removed />
        <p class="echo" role="status" data-har-state />
        <noscript>
          <p class="echo">{t('site.contact_har_no_script')}</p>
        </noscript>
        <p class="btns">
          <a class="btn plain" href={paths.har(locale)}>
            {t('site.contact_har_guide')}
          </a>
        </p>
      </Row>
    </div>
  )
}

/** For the script: whether a recording helps, by kind. */
const harByKind = (): string =>
  JSON.stringify(Object.fromEntries(contactKinds.map((kind) => [kind, harImportance(kind)])))

function Came({
  files = [],
  isCapture,
  site,
}: {
  files?: readonly ContactFile[] | undefined
  isCapture: boolean
  site: Site
}) {
  const shown = files.filter((file) => file.isCapture === isCapture)
  if (shown.length === 0) return null
  return (
    <ul class="files">
      {shown.map((file) => (
        <li key={file.id}>
          {site.t('site.contact_file_came', { name: file.name, n: Math.max(1, Math.round(file.sizeBytes / 1000)) })}
          <input type="hidden" name="kept" value={file.id} data-kept />
        </li>
      ))}
    </ul>
  )
}
