import type { ComponentChildren } from 'preact'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { type ContactField, type ContactView, contactKinds, contactPlans } from '../views.ts'

interface Props {
  view: ContactView
  site: Site
}

export function ContactFields(props: Props) {
  const { t, paths, locale } = props.site
  return (
    <>
      <Kind {...props} />
      <Text {...props} field="problem" rows={4} needed />
      <Text {...props} field="email" type="email" needed />
      <Text {...props} field="steps" rows={3} />
      <When {...props} />
      <Text {...props} field="request_id" mono />
      <Plan {...props} />
      <Text {...props} field="environment">
        <p class="btns">
          <button class="btn" type="button" data-fill-environment hidden>
            {t('site.contact_fill_environment')}
          </button>
        </p>
      </Text>
      <Strip class="case" rail={t('site.contact_helps')} knot={<Knot shape="ring" />}>
        <div class="field">
          <p class="label">{t('site.contact_har')}</p>
          <p class="why">{t('site.contact_har_why')}</p>
          <p class="btns">
            <a class="btn" href={paths.har(locale)}>
              {t('site.footer_har')}
            </a>
          </p>
        </div>
      </Strip>
    </>
  )
}

const describedBy = (view: ContactView, field: ContactField) =>
  view.errors?.[field] === undefined ? `${field}-why` : `${field}-why ${field}-error`

const invalid = (view: ContactView, field: ContactField) => (view.errors?.[field] === undefined ? undefined : true)

interface TextProps extends Props {
  field: 'problem' | 'steps' | 'email' | 'request_id' | 'environment'
  rows?: number
  type?: 'text' | 'email'
  mono?: boolean
  needed?: boolean
  children?: ComponentChildren
}

function Text({ view, site, field, rows, type = 'text', mono, needed, children }: TextProps) {
  const common = {
    id: field,
    name: field,
    class: mono ? 'mono' : undefined,
    required: needed,
    'aria-invalid': invalid(view, field),
    'aria-describedby': describedBy(view, field),
  }
  const value = view.values?.[field] ?? ''
  return (
    <Row view={view} site={site} field={field} needed={needed ?? false}>
      <label for={field}>{site.t(`site.contact_field_${field}`)}</label>
      <Why site={site} field={field} />
      {rows === undefined ? (
        type === 'email' ? (
          <input {...common} type="email" value={value} autocomplete="email" spellcheck={false} />
        ) : (
          <input {...common} type="text" value={value} autocomplete="off" spellcheck={false} list={undefined} />
        )
      ) : (
        <textarea {...common} rows={rows}>
          {value}
        </textarea>
      )}
      {children}
    </Row>
  )
}

function Kind({ view, site }: Props) {
  const { t } = site
  return (
    <Row view={view} site={site} field="kind" needed={false}>
      <fieldset aria-describedby={describedBy(view, 'kind')}>
        <legend>{t('site.contact_field_kind')}</legend>
        <Why site={site} field="kind" />
        <div class="kinds">
          {contactKinds.map((kind, index) => (
            <label key={kind}>
              <input
                type="radio"
                name="kind"
                id={index === 0 ? 'kind' : undefined}
                value={kind}
                checked={view.values?.kind === kind}
              />
              {t(`site.contact_kind_${kind}`)}
            </label>
          ))}
        </div>
      </fieldset>
    </Row>
  )
}

function When({ view, site }: Props) {
  const { t } = site
  const zone = view.values?.time_zone ?? ''
  return (
    <Row view={view} site={site} field="occurred_at" needed={false}>
      <fieldset aria-describedby={describedBy(view, 'occurred_at')}>
        <legend>{t('site.contact_field_occurred_at')}</legend>
        <Why site={site} field="occurred_at" />
        <div class="pair">
          <div>
            <label for="occurred_at">{t('site.contact_when_label')}</label>
            <input
              id="occurred_at"
              name="occurred_at"
              value={view.values?.occurred_at ?? ''}
              autocomplete="off"
              aria-invalid={invalid(view, 'occurred_at')}
            />
          </div>
          <div>
            <label for="time_zone">{t('site.contact_field_time_zone')}</label>
            {view.timeZones === undefined ? (
              <input id="time_zone" name="time_zone" value={zone} autocomplete="off" data-time-zone />
            ) : (
              <select id="time_zone" name="time_zone" data-time-zone>
                <option value="">{t('site.contact_choose')}</option>
                {view.timeZones.map((name) => (
                  <option key={name} selected={name === zone}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </div>
        </div>
      </fieldset>
    </Row>
  )
}

function Plan({ view, site }: Props) {
  const { t } = site
  return (
    <Row view={view} site={site} field="plan" needed={false}>
      <label for="plan">{t('site.contact_field_plan')}</label>
      <Why site={site} field="plan" />
      <select id="plan" name="plan" aria-describedby={describedBy(view, 'plan')}>
        <option value="">{t('site.contact_plan_unknown')}</option>
        {contactPlans.map((plan) => (
          <option key={plan} selected={view.values?.plan === plan}>
            {plan}
          </option>
        ))}
      </select>
    </Row>
  )
}

function Why({ site, field }: { site: Site; field: Exclude<ContactField, 'time_zone'> }) {
  return (
    <p class="why" id={`${field}-why`}>
      {site.t(`site.contact_why_${field}`)}
    </p>
  )
}

interface RowProps extends Props {
  field: ContactField
  needed: boolean
  children: ComponentChildren
}

/** One field as a stretch of the rail: pine where it is given, hair where it is not yet. */
function Row({ view, site, field, needed, children }: RowProps) {
  const { t } = site
  const error = view.errors?.[field]
  const given = (view.values?.[field] ?? '') !== '' && error === undefined
  const knot = error ? (
    <Knot shape="major" tone="major" />
  ) : given ? (
    <Knot shape="dot" tone="pine" />
  ) : (
    <Knot shape="ring" />
  )
  const rail = needed ? <b>{t('site.contact_needed')}</b> : t('site.contact_if_known')
  return (
    <Strip class="case" live={given} rail={rail} knot={knot}>
      <div class="field">
        {children}
        {error && (
          <p class="error major" id={`${field}-error`}>
            <Shape name="major" />
            {t(`site.contact_error_${error}`)}
          </p>
        )}
      </div>
    </Strip>
  )
}
