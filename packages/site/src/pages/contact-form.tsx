import { type CaseField, caseFields } from '@clew/intake/facts'
import { fieldNeeds, fieldsNotNeeded } from '@clew/intake/problem-kinds'
import { fieldsOf } from '../contact-progress.ts'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { ContactView } from '../views.contact.ts'
import { Category } from './contact-fields.tsx'
import { HarField } from './contact-files.tsx'
import { KindChoice } from './contact-kinds.tsx'
import { Known } from './contact-known.tsx'
import { Meter } from './contact-meter.tsx'

interface Props {
  view: ContactView
  site: Site
}

/** Hidden as long as there is no kind: then a script shows it, and without one the first step leads here. */
export function ContactForm({ view, site }: Props) {
  const { t, paths, locale } = site
  const { kind = 'other' } = view
  return (
    <form
      method="post"
      action={paths.contact(locale)}
      encType="multipart/form-data"
      noValidate
      hidden={view.kind === undefined}
      data-contact
      data-worker={site.assets.url('har-worker.js')}
      data-operator={view.operator === undefined ? undefined : JSON.stringify(view.operator)}
      data-locale={locale}
      data-need-words={wordsOf(needs, (need) => t(`site.contact_need_${need}`))}
      data-category-words={wordsOf(caseFields, (field) => t(`site.contact_category_${field}`))}
      data-percent={t('site.contact_percent', { score: 0 })}
    >
      <input type="hidden" name="csrf" value={view.csrfToken} />
      <Known view={view} site={site} />
      <KindChoice view={view} site={site}>
        <noscript>
          <p class="btns">
            <button class="btn" type="submit" name="change" value="kind">
              {t('site.contact_change_kind')}
            </button>
          </p>
        </noscript>
      </KindChoice>
      <div data-fields>
        <Meter view={view} site={site} />
        <div data-group="matter">
          {inOrder(kind).map((category) => (
            <Category key={category} category={category} view={view} site={site} />
          ))}
          <HarField view={view} site={site} />
        </div>
        <Folded view={view} site={site} />
        <NotForPeople site={site} />
        <Send site={site} />
      </div>
    </form>
  )
}

const needs = ['must', 'needed', 'helpful', 'not_needed'] as const

/** For the script: it says the same words as the page. */
const wordsOf = <K extends string>(keys: readonly K[], say: (key: K) => string): string =>
  JSON.stringify(Object.fromEntries(keys.map((key) => [key, say(key)])))

/** The problem and the way to answer come first; then what matters most. */
function inOrder(kind: NonNullable<ContactView['kind']>): CaseField[] {
  const wanted = fieldNeeds(kind).map(({ field }) => field)
  return [...new Set<CaseField>(['problem', 'account', ...wanted])]
}

/** What this kind of problem does not need is out of the way, and still there for who knows better. */
function Folded({ view, site }: Props) {
  const { kind = 'other' } = view
  const rest = fieldsNotNeeded(kind).filter((field) => field !== 'problem' && field !== 'account')
  const isUsed = rest
    .flatMap((category) => fieldsOf[category])
    .some((field) => (view.values?.[field] ?? '') !== '' || view.errors?.[field] !== undefined)
  return (
    <Strip class="case folded" knot={<Knot shape="dash" />}>
      <details open={isUsed}>
        <summary>{site.t('site.contact_more')}</summary>
        <p class="why">{site.t('site.contact_more_why')}</p>
        <div data-group="rest">
          {rest.map((category) => (
            <Category key={category} category={category} view={view} site={site} />
          ))}
        </div>
      </details>
    </Strip>
  )
}

/** A field that no person sees, and no reader of a screen hears: who fills it in is a program. */
function NotForPeople({ site }: { site: Site }) {
  return (
    <div class="nobody" aria-hidden="true">
      <label for="homepage">{site.t('site.contact_leave_empty')}</label>
      <input id="homepage" name="homepage" type="text" tabIndex={-1} autocomplete="off" />
    </div>
  )
}

function Send({ site }: { site: Site }) {
  const { t } = site
  return (
    <Strip class="send">
      <div class="sendin">
        <p class="btns">
          <button class="btn main" type="submit">
            {t('site.contact_send')}
          </button>
          <span class="muted" role="status" data-sending />
        </p>
        <p class="echo">
          {t('site.contact_after')}
          {site.supportHoursText && ` ${site.supportHoursText}`}
        </p>
      </div>
    </Strip>
  )
}
