import type { CaseField } from '@clew/intake/facts'
import { type Importance, importanceOf } from '@clew/intake/problem-kinds'
import type { ComponentChildren } from 'preact'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { type ContactField, type ContactView, contactKinds } from '../views.contact.ts'

/** Fields that stand by themselves; the others are parts of one of these. */
export type RowField = Exclude<
  ContactField,
  'plan' | 'billing_email' | 'time' | 'time_zone' | 'completion_id' | 'network' | 'vpn' | 'workspace_name'
>

export const describedBy = (view: ContactView, field: RowField, prefix = ''): string =>
  view.errors?.[field] === undefined ? `${prefix}${field}-why` : `${prefix}${field}-why ${prefix}${field}-error`

export const invalid = (view: ContactView, field: ContactField): 'true' | undefined =>
  view.errors?.[field] === undefined ? undefined : 'true'

export function Why({ site, field, prefix = '' }: { site: Site; field: RowField; prefix?: string }) {
  return (
    <p class="why" id={`${prefix}${field}-why`}>
      {site.t(`site.contact_why_${field}`)}
    </p>
  )
}

/** What is wrong with a field, right below it. */
export function FieldError({ view, site, field }: { view: ContactView; site: Site; field: ContactField }) {
  const error = view.errors?.[field]
  if (error === undefined) return null
  return (
    <p class="error major" id={`${field}-error`}>
      <Shape name="major" />
      {site.t(`site.contact_error_${error}`)}
    </p>
  )
}

export type Need = Importance | 'not_needed' | 'must'

/** Two things nobody can do without: what is wrong, and where the answer goes. */
const musts: ReadonlySet<CaseField> = new Set(['problem', 'account'])

export const needOf = (category: CaseField, kind: ContactView['kind']): Need =>
  musts.has(category) ? 'must' : importanceOf(kind ?? 'other', category)

/** For the script, which moves the fields as soon as another kind is chosen. */
const needsByKind = (category: CaseField): string =>
  JSON.stringify(Object.fromEntries(contactKinds.map((kind) => [kind, needOf(category, kind)])))

interface RowProps {
  view: ContactView
  site: Site
  field: RowField
  /** Other fields of the same row. */
  parts?: readonly ContactField[]
  category?: CaseField
  /** How much it matters where it is no category of the case. */
  need?: Need
  children: ComponentChildren
}

/** One category as a stretch of the rail: pine where it is given, hair where it is not yet. */
export function Row({ view, site, field, parts = [], category, need, children }: RowProps) {
  const { t } = site
  const all = [field, ...parts]
  const failed = all.find((each) => view.errors?.[each] !== undefined)
  const given = failed === undefined && all.some((each) => (view.values?.[each] ?? '') !== '')
  const knot = failed ? (
    <Knot shape="major" tone="major" />
  ) : given ? (
    <Knot shape="dot" tone="pine" />
  ) : (
    <Knot shape="ring" />
  )
  const shown = need ?? (category ? needOf(category, view.kind) : 'must')
  return (
    <div class="row" data-category={category} data-needs={category && needsByKind(category)}>
      <Strip class="case" live={given} rail={<span data-need>{t(`site.contact_need_${shown}`)}</span>} knot={knot}>
        <div class="field">{children}</div>
      </Strip>
    </div>
  )
}
