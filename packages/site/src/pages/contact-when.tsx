import type { Site } from '../site.ts'
import type { ContactField, ContactView } from '../views.contact.ts'
import { describedBy, FieldError, invalid, Row, Why } from './contact-row.tsx'

interface Props {
  view: ContactView
  site: Site
}

/** Day, time and zone. The zones are a list to search in; the script writes in the reader's own. */
export function When({ view, site }: Props) {
  const { t } = site
  return (
    <Row view={view} site={site} field="date" parts={['time', 'time_zone']} category="timestamps">
      <fieldset aria-describedby={describedBy(view, 'date')}>
        <legend>{t('site.contact_when')}</legend>
        <Why site={site} field="date" />
        <div class="pair when">
          <Input view={view} site={site} field="date" type="date" />
          <Input view={view} site={site} field="time" type="time" />
          <Input view={view} site={site} field="time_zone" type="text" list="zones" />
        </div>
        <datalist id="zones">
          {view.timeZones.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </fieldset>
    </Row>
  )
}

interface InputProps extends Props {
  field: Extract<ContactField, 'date' | 'time' | 'time_zone'>
  type: 'date' | 'time' | 'text'
  list?: string
}

function Input({ view, site, field, type, list }: InputProps) {
  return (
    <div>
      <label for={field}>{site.t(`site.contact_field_${field}`)}</label>
      <input
        id={field}
        name={field}
        type={type}
        list={list}
        value={view.values?.[field] ?? ''}
        autocomplete="off"
        spellcheck={type === 'text' ? false : undefined}
        aria-invalid={invalid(view, field)}
        aria-describedby={view.errors?.[field] === undefined ? undefined : `${field}-error`}
        data-time-zone={field === 'time_zone' ? '' : undefined}
      />
      <FieldError view={view} site={site} field={field} />
    </div>
  )
}
