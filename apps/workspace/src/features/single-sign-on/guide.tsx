import type { SsoConnection } from '@clew/contract/single-sign-on'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import styles from './sso.module.css'
import { useSsoT } from './words.ts'

type Line = { label: string; value: string }

/** What to press at the identity provider, and the exact values to paste there, under the names they have there. */
export function Guide({ connection }: { connection: SsoConnection }) {
  const t = useSsoT()
  const { kind, provider } = connection
  return (
    <section aria-label={t('console-sso.guide')}>
      <h3>{t('console-sso.guide')}</h3>
      <ol className={styles.steps}>
        {t(`console-sso.guide_${kind}_${provider}`)
          .split('\n')
          .map((step) => (
            <li key={step}>{step}</li>
          ))}
      </ol>
      <dl className={styles.record}>
        {linesOf(connection).map(({ label, value }) => (
          <Value key={label} label={label} value={value} />
        ))}
      </dl>
      <p className={styles.sentence}>{t(`console-sso.guide_claims_${kind}`)}</p>
    </section>
  )
}

function Value({ label, value }: Line) {
  const t = useSsoT()
  return (
    <>
      <dt>{label}</dt>
      <dd>
        <CopyButton value={value} label={t('console-sso.copy', { what: label })} />
      </dd>
    </>
  )
}

/** Each provider has its own names for the same two addresses; these are theirs, so they are not translated. */
const samlNames = {
  entra: ['Identifier (Entity ID)', 'Reply URL (Assertion Consumer Service URL)', 'Sign on URL'],
  okta: ['Audience URI (SP Entity ID)', 'Single sign-on URL', 'Login URL'],
  google: ['Entity ID', 'ACS URL', 'Start URL'],
  keycloak: ['Client ID', 'Master SAML Processing URL', 'Home URL'],
  other: ['Entity ID', 'ACS URL', 'Start URL'],
} as const

const oidcNames = {
  entra: ['Redirect URI (Web)', 'Home page URL'],
  okta: ['Sign-in redirect URI', 'Initiate login URI'],
  google: ['Authorised redirect URI', 'Application home page'],
  keycloak: ['Valid redirect URIs', 'Home URL'],
  other: ['Redirect URI', 'Start URL'],
} as const

function linesOf({ kind, provider, own }: SsoConnection): Line[] {
  if (kind === 'oidc') {
    const [redirect, home] = oidcNames[provider]
    return [
      { label: redirect, value: own.redirectUri },
      { label: home, value: own.startUrl },
      { label: 'Scopes', value: 'openid email profile' },
    ]
  }
  const [entity, acs, home] = samlNames[provider]
  return [
    { label: entity, value: own.entityId },
    { label: acs, value: own.acsUrl },
    { label: home, value: own.startUrl },
    { label: 'Metadata URL', value: own.metadataUrl },
    { label: 'Name ID format', value: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
  ]
}
