import type { CaseField } from '@clew/intake/facts'
import type { ComponentChildren } from 'preact'
import type { Site } from '../site.ts'
import { type ContactField, type ContactView, contactNetworks, contactPlans, contactTunnels } from '../views.contact.ts'
import { FilesField } from './contact-files.tsx'
import { describedBy, FieldError, invalid, Row, type RowField, Why } from './contact-row.tsx'
import { When } from './contact-when.tsx'

interface Props {
  view: ContactView
  site: Site
}

/** One of the ten categories, with all of its fields. */
export function Category({ category, ...props }: Props & { category: CaseField }) {
  switch (category) {
    case 'problem':
      return <Text {...props} category={category} field="problem" rows={4} must />
    case 'account':
      return <Account {...props} />
    case 'steps':
      return <Text {...props} category={category} field="steps" rows={4} />
    case 'timestamps':
      return <When {...props} />
    case 'request_ids':
      return (
        <Text {...props} category={category} field="request_id" parts={['completion_id']} mono>
          <Part {...props} field="completion_id" mono />
        </Text>
      )
    case 'visuals':
      return <FilesField {...props} />
    case 'environment':
      return <Environment {...props} />
    case 'workspace':
      return (
        <Text {...props} category={category} field="workspace_id" parts={['workspace_name']} mono>
          <Part {...props} field="workspace_name" />
        </Text>
      )
    case 'assistant_id':
      return <Text {...props} category={category} field="assistant_id" mono />
    case 'policy_message':
      return <Text {...props} category={category} field="policy_message" rows={3} />
  }
}

interface TextProps extends Props {
  category: CaseField
  field: Exclude<RowField, 'kind' | 'email' | 'date' | 'files' | 'snippet' | 'har' | 'environment'>
  parts?: readonly ContactField[]
  rows?: number
  mono?: boolean
  must?: boolean
  children?: ComponentChildren
}

function Text({ view, site, category, field, parts, rows, mono, must, children }: TextProps) {
  const common = {
    id: field,
    name: field,
    class: mono ? 'mono' : undefined,
    required: must,
    autocomplete: 'off',
    'aria-invalid': invalid(view, field),
    'aria-describedby': describedBy(view, field),
  } as const
  const value = view.values?.[field] ?? ''
  return (
    <Row view={view} site={site} field={field} category={category} {...(parts ? { parts } : {})}>
      <label for={field}>{site.t(`site.contact_field_${field}`)}</label>
      <Why site={site} field={field} />
      {rows === undefined ? (
        <input {...common} type="text" value={value} spellcheck={false} list={undefined} />
      ) : (
        <textarea {...common} rows={rows}>
          {value}
        </textarea>
      )}
      <FieldError view={view} site={site} field={field} />
      {children}
    </Row>
  )
}

interface PartProps extends Props {
  field: 'completion_id' | 'workspace_name' | 'billing_email'
  type?: 'text' | 'email'
  mono?: boolean
}

/** A second field of a row. */
function Part({ view, site, field, type = 'text', mono }: PartProps) {
  const common = {
    id: field,
    name: field,
    class: mono ? 'mono' : undefined,
    value: view.values?.[field] ?? '',
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': invalid(view, field),
    'aria-describedby': view.errors?.[field] === undefined ? undefined : `${field}-error`,
  } as const
  return (
    <div class="part">
      <label for={field}>{site.t(`site.contact_field_${field}`)}</label>
      {type === 'email' ? <input {...common} type="email" /> : <input {...common} type="text" list={undefined} />}
      <FieldError view={view} site={site} field={field} />
    </div>
  )
}

function Account({ view, site }: Props) {
  const { t } = site
  return (
    <Row view={view} site={site} field="email" parts={['plan', 'billing_email']} category="account">
      <label for="email">{t('site.contact_field_email')}</label>
      <Why site={site} field="email" />
      <input
        id="email"
        name="email"
        type="email"
        required
        value={view.values?.email ?? ''}
        autocomplete="email"
        spellcheck={false}
        aria-invalid={invalid(view, 'email')}
        aria-describedby={describedBy(view, 'email')}
      />
      <FieldError view={view} site={site} field="email" />
      <div class="pair">
        <Choice view={view} site={site} field="plan" empty={t('site.contact_plan_unknown')}>
          {contactPlans.map((plan) => (
            <option key={plan} selected={view.values?.plan === plan}>
              {plan}
            </option>
          ))}
        </Choice>
        <Part view={view} site={site} field="billing_email" type="email" />
      </div>
    </Row>
  )
}

interface ChoiceProps extends Props {
  field: 'plan' | 'network' | 'vpn'
  empty: string
  children: ComponentChildren
}

function Choice({ view, site, field, empty, children }: ChoiceProps) {
  return (
    <div class="part">
      <label for={field}>{site.t(`site.contact_field_${field}`)}</label>
      <select
        id={field}
        name={field}
        aria-invalid={invalid(view, field)}
        aria-describedby={view.errors?.[field] === undefined ? undefined : `${field}-error`}
      >
        <option value="">{empty}</option>
        {children}
      </select>
      <FieldError view={view} site={site} field={field} />
    </div>
  )
}

/** What the browser says of itself is shown first, and sent only by who agrees. */
function Environment({ view, site }: Props) {
  const { t } = site
  const unknown = t('site.contact_plan_unknown')
  return (
    <Row view={view} site={site} field="environment" parts={['network', 'vpn']} category="environment">
      <label for="environment">{t('site.contact_field_environment')}</label>
      <Why site={site} field="environment" />
      <input
        id="environment"
        name="environment"
        type="text"
        value={view.values?.environment ?? ''}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={invalid(view, 'environment')}
        aria-describedby={describedBy(view, 'environment')}
      />
      <FieldError view={view} site={site} field="environment" />
      {view.browser !== undefined && (
        <p class="agree" data-browser-consent>
          <label>
            <input type="checkbox" name="send_browser" value="1" checked={view.sendsBrowser ?? false} />
            {t('site.contact_send_browser', { browser: view.browser })}
          </label>
        </p>
      )}
      <p class="btns">
        <button class="btn" type="button" data-fill-environment hidden>
          {t('site.contact_fill_environment')}
        </button>
      </p>
      <div class="pair">
        <Choice view={view} site={site} field="network" empty={unknown}>
          {contactNetworks.map((network) => (
            <option key={network} value={network} selected={view.values?.network === network}>
              {t(`site.contact_network_${network}`)}
            </option>
          ))}
        </Choice>
        <Choice view={view} site={site} field="vpn" empty={unknown}>
          {contactTunnels.map((tunnel) => (
            <option key={tunnel} value={tunnel} selected={view.values?.vpn === tunnel}>
              {t(`site.contact_vpn_${tunnel}`)}
            </option>
          ))}
        </Choice>
      </div>
    </Row>
  )
}
