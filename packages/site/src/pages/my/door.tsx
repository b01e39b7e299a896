import { Shape, Strip } from '../../rail.tsx'
import type { Site } from '../../site.ts'
import type { MyDoorView, MyEnterView } from '../../views.my.ts'
import { LinkField } from '../link-field.tsx'
import { Alert, Csrf, renderMyPage } from './frame.tsx'

/** The way to one's cases: an address that a mail proves. What was said in this browser is shown below by a script. */
export function renderMyDoorPage(view: MyDoorView, site: Site): string {
  const { t, paths, locale } = site
  return renderMyPage(site, {
    title: t('site.header_my_cases'),
    lede: t('site.my_door_lede'),
    bubble: true,
    scripts: ['my-cases.js'],
    children: (
      <>
        {view.notice && (
          <Alert
            tone={/signed_out|erased/.test(view.notice) ? 'ok' : 'partial'}
            text={t(`site.my_notice_${view.notice}`)}
          />
        )}
        {view.certificate && (
          <Strip class="case">
            <p class="field">
              <a class="btn" href={paths.myDoor(locale, `certificates/${view.certificate}`)} download>
                {t('site.my_certificate')}
              </a>
            </p>
          </Strip>
        )}
        {view.isAsked ? <Asked site={site} /> : <AskForm view={view} site={site} />}
        <div
          data-my-cases={paths.api('widget/conversations')}
          data-identity={paths.myDoor(locale, 'identity')}
          data-csrf={view.csrfToken}
          data-locale={locale}
          aria-live="polite"
        />
      </>
    ),
  })
}

function Asked({ site }: { site: Site }) {
  const { t, paths, locale } = site
  return (
    <Strip class="case" live>
      <div class="field">
        <h2 tabIndex={-1} data-focus>
          {t('site.my_asked_title')}
        </h2>
        <p>{t('site.my_asked_text')}</p>
        <p class="muted">{t('site.my_asked_nothing')}</p>
        <p class="btns">
          <a class="btn" href={paths.myCases(locale)}>
            {t('site.my_asked_again')}
          </a>
        </p>
      </div>
    </Strip>
  )
}

function AskForm({ view, site }: { view: MyDoorView; site: Site }) {
  const { t, paths, locale } = site
  return (
    <Strip class="case">
      <form method="post" action={paths.myDoor(locale, 'link')} noValidate>
        <Csrf token={view.csrfToken} />
        <div class="field">
          <label for="email">{t('site.my_email')}</label>
          <p class="why" id="email-why">
            {t('site.my_email_why')}
          </p>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            spellcheck={false}
            required
            value={view.address ?? ''}
            aria-invalid={view.error === 'address_invalid' ? 'true' : undefined}
            aria-describedby={view.error ? 'email-why email-error' : 'email-why'}
          />
          {view.error && (
            <p class="error major" id="email-error" role="alert">
              <Shape name="major" />
              {t(`site.my_error_${view.error}`)}
            </p>
          )}
          <p class="btns">
            <button class="btn main" type="submit">
              {t('site.my_send_link')}
            </button>
          </p>
        </div>
      </form>
    </Strip>
  )
}

/** Programs that check mail follow links, so the link alone does nothing: a person presses the button. */
export function renderMyEnterPage(view: MyEnterView, site: Site): string {
  const { t, paths, locale } = site
  return renderMyPage(site, {
    title: t('site.my_enter_title'),
    lede: t('site.my_enter_lede'),
    scripts: ['link.js'],
    children: (
      <Strip class="case">
        <form class="field" method="post" action={paths.myDoor(locale, 'enter')} data-link="wait">
          <Csrf token={view.csrfToken} />
          {view.token === '' ? (
            <LinkField name="token" site={site} />
          ) : (
            <input type="hidden" name="token" value={view.token} />
          )}
          <button class="btn main" type="submit">
            {t('site.my_enter_button')}
          </button>
        </form>
      </Strip>
    ),
  })
}
