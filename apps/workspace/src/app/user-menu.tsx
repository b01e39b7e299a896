import { type Locale, locales } from '@clew/i18n'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { noticesOn, switchNoticesOff, switchNoticesOn } from '../features/conversations/notices.ts'
import { api } from './api.ts'
import { errorText } from './errors.ts'
import { switchLocale, useT } from './i18n.tsx'
import { sheetOpen } from './keys.tsx'
import { applyTheme, keptTheme, type Theme, themes } from './preferences.ts'
import { isAgentSession, useSession } from './session.ts'
import { useSwitchOrganisation } from './sign-in/use-switch-organisation.ts'
import { useStore } from './store.ts'
import { showToast } from './toasts.tsx'
import controls from './ui/controls.module.css'
import { Mark } from './ui/mark.tsx'
import menu from './ui/menu.module.css'
import styles from './user-menu.module.css'

const ownNames: Record<Locale, string> = { en: 'English', el: 'Ελληνικά' }

export function UserMenu() {
  const t = useT()
  const session = useSession()
  const { member } = session
  const navigate = useNavigate()
  const [theme, setTheme] = useState<Theme>(keptTheme)
  const choose = (next: Theme) => {
    applyTheme(next)
    setTheme(next)
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={styles.trigger} aria-label={t('workspace.your_menu', { name: member.name })}>
        <Mark by="agent" name={member.name} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className={menu.menu} align="end" sideOffset={4} collisionPadding={8}>
        <DropdownMenu.Label className={menu.label}>{member.name}</DropdownMenu.Label>
        <DropdownMenu.Item className={menu.item} onSelect={() => sheetOpen.set(true)}>
          {t('workspace.keys')} <kbd>?</kbd>
        </DropdownMenu.Item>
        <DropdownMenu.Separator className={menu.rule} />
        <DropdownMenu.Label className={menu.label}>{t('workspace.language')}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup
          value={t.locale}
          onValueChange={(value) => void switchLocale(value === 'el' ? 'el' : 'en')}
        >
          {locales.map((locale) => (
            <Choice key={locale} value={locale} label={ownNames[locale]} lang={locale} />
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className={menu.rule} />
        <DropdownMenu.Label className={menu.label}>{t('workspace.theme')}</DropdownMenu.Label>
        <DropdownMenu.RadioGroup value={theme} onValueChange={(value) => choose(value as Theme)}>
          {themes.map((one) => (
            <Choice key={one} value={one} label={t(`workspace.theme_${one}`)} />
          ))}
        </DropdownMenu.RadioGroup>
        <DropdownMenu.Separator className={menu.rule} />
        {isAgentSession(session) && <Notices />}
        <Organisations />
        <DropdownMenu.Item className={menu.item} onSelect={() => void navigate({ to: '/console/own-sign-in' })}>
          {t('workspace.own_sign_in')}
        </DropdownMenu.Item>
        <SignOut />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

function Choice({ value, label, lang }: { value: string; label: string; lang?: string }) {
  return (
    <DropdownMenu.RadioItem className={menu.item} value={value} lang={lang}>
      {label}
      <DropdownMenu.ItemIndicator className={menu.tick}>✓</DropdownMenu.ItemIndicator>
    </DropdownMenu.RadioItem>
  )
}

/** Whether this browser tells of news while the agent looks elsewhere. */
function Notices() {
  const t = useT()
  const isOn = useStore(noticesOn)
  const switchOn = async () => {
    const outcome = await switchNoticesOn(t)
    if (outcome !== 'on') showToast({ tone: 'problem', text: t(`workspace.notices_${outcome}`) })
  }
  return (
    <>
      <DropdownMenu.CheckboxItem
        className={menu.item}
        checked={isOn}
        onCheckedChange={(on) => (on ? void switchOn() : switchNoticesOff())}
      >
        {t('workspace.notices')}
        <DropdownMenu.ItemIndicator className={menu.tick}>✓</DropdownMenu.ItemIndicator>
      </DropdownMenu.CheckboxItem>
      <DropdownMenu.Separator className={menu.rule} />
    </>
  )
}

/** Where this session can be changed over to. */
function Organisations() {
  const t = useT()
  const { organisation, otherOrganisations } = useSession()
  const switchTo = useSwitchOrganisation()
  if (otherOrganisations.length === 0) return null
  return (
    <>
      <DropdownMenu.Label className={menu.label}>{t('workspace.change_organisation')}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={organisation.id} onValueChange={switchTo}>
        {[organisation, ...otherOrganisations].map(({ id, name }) => (
          <Choice key={id} value={id} label={name} />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className={menu.rule} />
    </>
  )
}

function SignOut() {
  const t = useT()
  const queryClient = useQueryClient()
  const signOut = () =>
    api.signOut().then(
      () => {
        queryClient.clear()
        location.assign('/app/sign-in')
      },
      (error: unknown) => showToast({ tone: 'problem', text: errorText(t, error) }),
    )
  return (
    <DropdownMenu.Item className={menu.item} onSelect={() => void signOut()}>
      <span className={controls.link}>{t('workspace.sign_out')}</span>
    </DropdownMenu.Item>
  )
}
