import type { T } from '@clew/i18n'
import type { ComponentChildren } from 'preact'
import { longDay, timeOfDay } from '../dates.ts'
import { renderPage } from '../document.tsx'
import { Knot, Shape, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { SsoDoorView, SsoSetupView } from '../views.sso.ts'
import { Csrf } from './my/frame.tsx'

export type SsoWords = { t: T<'sso-page'> }

function page(
  site: Site,
  { title, lede, children }: { title: string; lede: string; children: ComponentChildren },
): string {
  return renderPage({
    site,
    head: { title, description: lede, noIndex: true },
    bubble: false,
    children: (
      <main id="main">
        <Strip class="arthead roomy" live>
          <h1>{title}</h1>
          <p class="lede">{lede}</p>
        </Strip>
        {children}
      </main>
    ),
  })
}

/** By one's address to where one's organisation signs in. */
export function renderSsoDoorPage(view: SsoDoorView, site: Site, { t }: SsoWords): string {
  return page(site, {
    title: t('sso-page.door_title'),
    lede: t('sso-page.door_lede'),
    children: (
      <Strip class="case">
        <form class="field" method="post" action="/sso" noValidate>
          <Csrf token={view.csrfToken} />
          {view.next !== undefined && <input type="hidden" name="next" value={view.next} />}
          <label for="email">{t('sso-page.door_email')}</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="email"
            spellcheck={false}
            required
            value={view.address ?? ''}
            aria-invalid={view.error === 'invalid' ? 'true' : undefined}
            aria-describedby={view.error ? 'email-error' : undefined}
          />
          {view.error && (
            <p class="error major" id="email-error" role="alert">
              <Shape name="major" />
              {t(view.error === 'invalid' ? 'sso-page.door_invalid' : `sso-page.${view.error}`)}
            </p>
          )}
          <p class="btns">
            <button class="btn main" type="submit">
              {t('sso-page.door_go')}
            </button>
            <a class="btn plain" href="/app/sign-in">
              {t('sso-page.door_password')}
            </a>
          </p>
        </form>
      </Strip>
    ),
  })
}

/** Generic words and a reference: the cause is for whoever may know it. */
export function renderSsoRefusedPage({ reference }: { reference: string }, site: Site, { t }: SsoWords): string {
  const { paths, locale } = site
  return page(site, {
    title: t('sso-page.refused_title'),
    lede: t('sso-page.refused_lede'),
    children: (
      <Strip class="noticebody" knot={<Knot shape="ring" />}>
        {reference !== '' && (
          <>
            <p>{t('sso-page.refused_reference')}</p>
            <pre class="lines">{reference}</pre>
          </>
        )}
        <p>{t('sso-page.refused_account')}</p>
        <p class="muted">{t('sso-page.refused_old')}</p>
        <p class="btns">
          <a class="btn" href="/sso">
            {t('sso-page.refused_again')}
          </a>
          <a class="btn plain" href={paths.contact(locale)}>
            {t('sso-page.refused_help')}
          </a>
        </p>
      </Strip>
    ),
  })
}

export function renderSsoSetupOverPage(site: Site, { t }: SsoWords): string {
  return page(site, {
    title: t('sso-page.setup_over_title'),
    lede: t('sso-page.setup_over_lede'),
    children: null,
  })
}

/** For whoever runs the identity provider: what to enter there, what to bring back, and a test. */
export function renderSsoSetupPage(view: SsoSetupView, site: Site, words: SsoWords): string {
  const { t } = words
  const { organisation, until } = view
  return page(site, {
    title: t('sso-page.setup_title', { organisation }),
    lede: t('sso-page.setup_lede', { organisation, brand: site.brand.name }),
    children: (
      <>
        {view.notice && <Notice view={view} words={words} />}
        <Strip as="section" class="noticebody" knot={<Knot shape="ring" />} label={t('sso-page.setup_give')}>
          <h2>{t('sso-page.setup_give')}</h2>
          <Own view={view} words={words} />
          <p class="muted">
            {t('sso-page.setup_until', { until: `${longDay(site, until)}, ${timeOfDay(site, until)}` })}
          </p>
        </Strip>
        <Strip as="section" class="noticebody" knot={<Knot shape="ring" />} label={t('sso-page.setup_take')}>
          <h2>{t('sso-page.setup_take')}</h2>
          {view.isOn ? <p>{t('sso-page.setup_is_on', { organisation })}</p> : <Fields view={view} words={words} />}
        </Strip>
        <Strip as="section" class="noticebody" knot={<Knot shape="ring" />} label={t('sso-page.setup_test')}>
          <h2>{t('sso-page.setup_test')}</h2>
          <p>{t(view.isComplete ? 'sso-page.setup_test_why' : 'sso-page.setup_test_later')}</p>
          {view.isComplete && (
            <p class="btns">
              <a class="btn" href={view.testHref} rel="nofollow">
                {t('sso-page.setup_test_go')}
              </a>
            </p>
          )}
          {view.result && <Result result={view.result} words={words} />}
        </Strip>
      </>
    ),
  })
}

function Notice({ view: { notice }, words: { t } }: { view: SsoSetupView; words: SsoWords }) {
  if (notice === undefined) return null
  const isGood = notice.kind === 'saved'
  return (
    <Strip class="case" live>
      <div class={`alert ${isGood ? 'ok' : 'major'}`} role={isGood ? 'status' : 'alert'}>
        <Shape name={isGood ? 'tick' : 'major'} />
        <div>
          <strong>
            {notice.kind === 'saved'
              ? t('sso-page.setup_saved')
              : notice.kind === 'problem'
                ? notice.text
                : t(`sso-page.${notice.kind}`)}
          </strong>
        </div>
      </div>
    </Strip>
  )
}

function Own({ view: { kind, own }, words: { t } }: { view: SsoSetupView; words: SsoWords }) {
  const lines =
    kind === 'saml'
      ? ([
          ['setup_entity', own.entityId],
          ['setup_acs', own.acsUrl],
          ['setup_sp_metadata', own.metadataUrl],
        ] as const)
      : ([
          ['setup_redirect', own.redirectUri],
          ['setup_scopes', 'openid email profile'],
        ] as const)
  return (
    <dl>
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt class="muted">{t(`sso-page.${label}`)}</dt>
          <dd>
            <pre class="lines">{value}</pre>
          </dd>
        </div>
      ))}
    </dl>
  )
}

type Parts = { view: SsoSetupView; words: SsoWords }

function Fields({ view, words }: Parts) {
  return (
    <form method="post" action={view.action} noValidate>
      <Csrf token={view.csrfToken} />
      {view.kind === 'saml' ? <SamlFields view={view} words={words} /> : <OidcFields view={view} words={words} />}
      <p class="btns">
        <button class="btn main" type="submit">
          {words.t('sso-page.setup_save')}
        </button>
      </p>
    </form>
  )
}

function SamlFields({ view, words: { t } }: Parts) {
  return (
    <>
      <div class="field">
        <label for="metadataUrl">{t('sso-page.setup_metadata_url')}</label>
        <p class="why" id="metadataUrl-why">
          {t('sso-page.setup_metadata_url_why')}
        </p>
        <input
          id="metadataUrl"
          name="metadataUrl"
          type="url"
          spellcheck={false}
          value={view.filled.metadataUrl}
          aria-describedby="metadataUrl-why"
        />
      </div>
      <div class="field">
        <label for="metadata">{t('sso-page.setup_metadata')}</label>
        <textarea id="metadata" name="metadata" rows={6} spellcheck={false} />
      </div>
    </>
  )
}

function OidcFields({ view: { filled, hasSecret }, words: { t } }: Parts) {
  return (
    <>
      <div class="field">
        <label for="issuer">{t('sso-page.setup_issuer')}</label>
        <p class="why" id="issuer-why">
          {t('sso-page.setup_issuer_why')}
        </p>
        <input
          id="issuer"
          name="issuer"
          type="url"
          spellcheck={false}
          required
          value={filled.issuer}
          aria-describedby="issuer-why"
        />
      </div>
      <div class="field">
        <label for="clientId">{t('sso-page.setup_client_id')}</label>
        <input id="clientId" name="clientId" spellcheck={false} autocomplete="off" value={filled.clientId} />
      </div>
      <div class="field">
        <label for="clientSecret">{t('sso-page.setup_client_secret')}</label>
        {hasSecret && (
          <p class="why" id="secret-why">
            {t('sso-page.setup_secret_kept')}
          </p>
        )}
        <input
          id="clientSecret"
          name="clientSecret"
          type="password"
          autocomplete="new-password"
          aria-describedby={hasSecret ? 'secret-why' : undefined}
        />
      </div>
    </>
  )
}

function Result({ result, words: { t } }: { result: NonNullable<SsoSetupView['result']>; words: SsoWords }) {
  const { isPassed, address = '', reason, stages, observed } = result
  return (
    <div role="status">
      <p>
        <strong>{isPassed ? t('sso-page.setup_passed', { address }) : t('sso-page.setup_refused')}</strong>
      </p>
      {reason && (
        <p>
          {reason.text} <code>{reason.code}</code>
        </p>
      )}
      <ul>
        {stages.map((stage) => (
          <li key={stage.text}>
            <Shape name={stage.isPassed ? 'tick' : 'major'} /> {stage.text}:{' '}
            {t(stage.isPassed ? 'sso-page.setup_check_passed' : 'sso-page.setup_check_refused')}
          </li>
        ))}
      </ul>
      {observed !== '' && <pre class="lines">{observed}</pre>}
    </div>
  )
}
