import type { ProviderKind, ProvisioningConnection } from '@clew/contract/provisioning'
import controls from '../../app/ui/controls.module.css'
import { CopyButton } from '../../app/ui/copy-button.tsx'
import { RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import styles from './provisioning.module.css'
import { useProvisioningT } from './words.ts'

const steps = {
  okta: ['okta_1', 'okta_2', 'okta_3', 'okta_4'],
  entra: ['entra_1', 'entra_2', 'entra_3', 'entra_4'],
  google: ['google_1', 'google_2', 'google_3'],
  other: ['other_1', 'other_2', 'other_3'],
} as const satisfies Record<ProviderKind, readonly string[]>

/** As the providers write them, and what becomes of them here. */
const mappings: Record<ProviderKind, readonly (readonly [theirs: string, ours: string])[]> = {
  okta: [
    ['user.login', 'userName'],
    ['user.email', 'emails[type eq "work"].value'],
    ['user.firstName', 'name.givenName'],
    ['user.lastName', 'name.familyName'],
    ['user.displayName', 'displayName'],
    ['user.title', 'title'],
  ],
  entra: [
    ['userPrincipalName', 'userName'],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'],
    ['mail', 'emails[type eq "work"].value'],
    ['objectId', 'externalId'],
    ['givenName', 'name.givenName'],
    ['surname', 'name.familyName'],
    ['displayName', 'displayName'],
    ['jobTitle', 'title'],
  ],
  google: [
    ['Basic Information > Primary Email', 'userName, emails[type eq "work"].value'],
    ['Basic Information > First Name', 'name.givenName'],
    ['Basic Information > Last Name', 'name.familyName'],
    ['Employee Details > Title', 'title'],
  ],
  other: [
    ['login', 'userName'],
    ['e-mail', 'emails[type eq "work"].value'],
    ['given name, family name', 'name.givenName, name.familyName'],
    ['enabled', 'active'],
  ],
}

/** The address as the provider wants it. The flag makes Entra ID keep to the standard. */
const urlFor = ({ kind, baseUrl }: ProvisioningConnection): string =>
  kind === 'entra' ? `${baseUrl}?aadOptscim062020` : baseUrl

/** What to do in the identity provider, with the very values to paste. Open until somebody has called. */
export function Guide({ connection }: { connection: ProvisioningConnection }) {
  const t = useProvisioningT()
  const { kind } = connection
  const provider = t(`console-provisioning.kind_${kind}`)
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-provisioning.guide')}>
      <details className={styles.guide} open={connection.contactedAt === undefined}>
        <summary>
          <h2>{t('console-provisioning.guide_of', { provider })}</h2>
        </summary>
        <dl className={styles.record}>
          <dt>{t('console-provisioning.guide_url')}</dt>
          <dd>
            <CopyButton value={urlFor(connection)} label={t('console-provisioning.copy_url')} />
          </dd>
          <dt>{t('console-provisioning.guide_token')}</dt>
          <dd className={controls.hint}>{t('console-provisioning.guide_token_hint')}</dd>
          <dt>{t('console-provisioning.guide_unique')}</dt>
          <dd>
            <CopyButton value="userName" label={t('console-provisioning.copy_value')} />
          </dd>
          <dt>{t('console-provisioning.guide_auth')}</dt>
          <dd>{t('console-provisioning.guide_auth_value')}</dd>
        </dl>
        <ol className={styles.steps}>
          {steps[kind].map((step) => (
            <li key={step}>{t(`console-provisioning.${step}`)}</li>
          ))}
        </ol>
        <h3>{t('console-provisioning.guide_mappings')}</h3>
        <Mappings rows={mappings[kind]} provider={provider} />
      </details>
    </RailRow>
  )
}

function Mappings({ rows, provider }: { rows: readonly (readonly [string, string])[]; provider: string }) {
  const t = useProvisioningT()
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('console-provisioning.guide_theirs', { provider })}</th>
          <th scope="col">{t('console-provisioning.guide_ours')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([theirs, ours]) => (
          <tr key={ours}>
            <td className={styles.mono}>{theirs}</td>
            <td className={styles.mono}>{ours}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
