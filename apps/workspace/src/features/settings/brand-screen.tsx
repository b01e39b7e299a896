import { AccentField, isColour } from './accent-field.tsx'
import { TextField } from './field.tsx'
import { LogoField } from './logo-field.tsx'
import { Part, type ScreenProps, SettingsScreen } from './settings-screen.tsx'
import { useSettingsT } from './words.ts'

/** What people know the team by. */
export function BrandScreen() {
  return (
    <SettingsScreen group="brand" effect={() => <Effect />} problem={problemOf}>
      {(props) => <Fields {...props} />}
    </SettingsScreen>
  )
}

function Effect() {
  return useSettingsT()('settings.brand_effect')
}

/** The accent field says itself what is wrong; here only that something is. */
const problemOf = ({ draft }: ScreenProps<'brand'>): string | undefined =>
  draft.value.accent === undefined || isColour(draft.value.accent) ? undefined : draft.value.accent

function Fields({ settings, draft }: ScreenProps<'brand'>) {
  const t = useSettingsT()
  const { operator } = settings.brand
  const { name, appHost, supportEmail, accent, logo } = draft.value
  return (
    <>
      <Part title={t('settings.brand_words')}>
        <TextField
          label={t('settings.field_name')}
          hint={t('settings.brand_name_hint')}
          value={name}
          operator={operator.name}
          maxLength={80}
          onChange={(value) => draft.set({ name: value })}
        />
        <TextField
          label={t('settings.field_app_host')}
          hint={t('settings.brand_host_hint')}
          value={appHost}
          operator={operator.appHost}
          maxLength={200}
          onChange={(value) => draft.set({ appHost: value })}
        />
        <TextField
          label={t('settings.field_support_email')}
          hint={t('settings.brand_email_hint')}
          type="email"
          value={supportEmail}
          operator={operator.supportEmail}
          maxLength={254}
          onChange={(value) => draft.set({ supportEmail: value })}
        />
      </Part>
      <Part title={t('settings.brand_look')}>
        <AccentField value={accent} onChange={(value) => draft.set({ accent: value })} />
        <LogoField value={logo} saved={settings.brand.saved.logo} onChange={(value) => draft.set({ logo: value })} />
      </Part>
    </>
  )
}
