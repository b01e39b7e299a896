import type { ComponentChildren } from 'preact'
import type { Site } from '../site.ts'
import { type ContactView, contactKinds } from '../views.contact.ts'
import { describedBy, FieldError, Row, Why } from './contact-row.tsx'

interface Props {
  view: ContactView
  site: Site
  /** Tells the ids of one form from those of the other on the same page. */
  prefix?: string
  children?: ComponentChildren
}

export function KindChoice({ view, site, prefix = '', children }: Props) {
  const { t } = site
  const chosen = view.values?.kind ?? view.kind
  return (
    <Row view={view} site={site} field="kind">
      <fieldset aria-describedby={describedBy(view, 'kind', prefix)}>
        <legend>{t('site.contact_field_kind')}</legend>
        <Why site={site} field="kind" prefix={prefix} />
        <div class="kinds">
          {contactKinds.map((kind, index) => (
            <label key={kind}>
              <input
                type="radio"
                name="kind"
                id={index === 0 ? `${prefix}kind` : undefined}
                value={kind}
                checked={chosen === kind}
              />
              {t(`site.contact_kind_${kind}`)}
            </label>
          ))}
        </div>
        {prefix === '' && <FieldError view={view} site={site} field="kind" />}
      </fieldset>
      {children}
    </Row>
  )
}
