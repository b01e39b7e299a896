import type { OwnProfile } from '@clew/contract/members'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { switchLocale } from '../../app/i18n.tsx'
import { sessionQuery } from '../../app/queries.ts'
import { useSession } from '../../app/session.ts'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { membersApi, profileQuery } from './api.ts'
import styles from './members.module.css'
import { OwnData } from './own-data.tsx'
import { Head, Page, Pending, Problem } from './page.tsx'
import { roleWord } from './role-words.ts'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

export function Screen() {
  return (
    <Page>
      <Profile />
    </Page>
  )
}

function Profile() {
  const t = useMembersT()
  const { organisation } = useSession()
  const { data, error, refetch } = useQuery(profileQuery)
  return (
    <>
      <Head
        title={t('console-members.profile_title')}
        lead={
          data
            ? t('console-members.profile_lead', {
                role: roleWord(t, data.role, data.roleName),
                organisation: organisation.name,
              })
            : t('console-members.loading')
        }
      />
      {data === undefined && <Pending error={error} onRetry={() => void refetch()} />}
      {data && <ProfileForm profile={data} />}
      {data && <WhereSignedIn />}
      {data && <OwnData />}
      {data && <Leave profile={data} organisation={organisation.name} />}
    </>
  )
}

function ProfileForm({ profile }: { profile: OwnProfile }) {
  const t = useMembersT()
  const client = useQueryClient()
  const [draft, setDraft] = useState(draftOf(profile))
  const save = useChange(
    () => membersApi.saveProfile({ ...draft, title: draft.title || null, timeZone: draft.timeZone || null }),
    {
      toast: false,
      onDone: ({ locale }) => {
        showToast({ text: t('console-members.saved') })
        void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
        if (locale !== profile.locale) void switchLocale(locale)
      },
    },
  )
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-members.profile_about')}>
      <h2>{t('console-members.profile_about')}</h2>
      <form className={styles.form} onSubmit={onSubmit}>
        <label>
          <span className={controls.label}>{t('console-members.name')}</span>
          <input
            className={controls.field}
            required
            maxLength={120}
            autoComplete="name"
            disabled={profile.isProvisioned}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </label>
        {profile.isProvisioned && <p className={controls.hint}>{t('console-members.profile_provisioned')}</p>}
        <label>
          <span className={controls.label}>{t('console-members.job_title')}</span>
          <input
            className={controls.field}
            maxLength={120}
            autoComplete="organization-title"
            value={draft.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        </label>
        <LanguageAndZone draft={draft} set={set} />
        <Problem error={save.error} />
        <p className={styles.buttons}>
          <button type="submit" className={controls.main} disabled={save.isPending || draft.name.trim() === ''}>
            {t('console-members.save')}
          </button>
        </p>
      </form>
    </RailRow>
  )
}

/** How one signs in and where one is signed in has a page of its own. */
function WhereSignedIn() {
  const t = useMembersT()
  return (
    <RailRow as="section" className={sheet.part} aria-label={t('console-members.profile_sign_in')}>
      <h2>{t('console-members.profile_sign_in')}</h2>
      <p>
        {t('console-members.profile_sign_in_what')}{' '}
        <Link to="/console/own-sign-in">{t('console-members.profile_sign_in_open')}</Link>
      </p>
    </RailRow>
  )
}

type Draft = { name: string; title: string; locale: OwnProfile['locale']; timeZone: string }

const draftOf = ({ name, title, locale, timeZone }: OwnProfile): Draft => ({
  name,
  title: title ?? '',
  locale,
  timeZone: timeZone ?? '',
})

function LanguageAndZone({ draft, set }: { draft: Draft; set(change: Partial<Draft>): void }) {
  const t = useMembersT()
  return (
    <div className={styles.row}>
      <label>
        <span className={controls.label}>{t('console-members.language')}</span>
        <Select
          boxed
          value={draft.locale}
          onChange={(event) => set({ locale: event.target.value === 'el' ? 'el' : 'en' })}
        >
          <option value="en">English</option>
          <option value="el">Ελληνικά</option>
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('console-members.time_zone')}</span>
        <Select boxed value={draft.timeZone} onChange={(event) => set({ timeZone: event.target.value })}>
          <option value="">
            {t('console-members.time_zone_browser', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
          </option>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
      </label>
    </div>
  )
}

function Leave({ profile, organisation }: { profile: OwnProfile; organisation: string }) {
  const t = useMembersT()
  const word = t('console-members.leave_word')
  const [typed, setTyped] = useState('')
  // The next question to the server is answered with the way to sign in.
  const leave = useChange(membersApi.leave, { toast: false, onDone: () => window.location.assign('/app/sign-in') })
  const title = t('console-members.leave', { organisation })
  return (
    <RailRow as="section" className={sheet.part} aria-label={title}>
      <h2>{title}</h2>
      <p>{profile.isLastOwner ? t('console-members.leave_last_owner') : t('console-members.leave_effect')}</p>
      {!profile.isLastOwner && (
        <div className={styles.row}>
          <label>
            <span className={controls.label}>{t('console-members.leave_type', { word })}</span>
            <input
              className={controls.field}
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </label>
          <button
            type="button"
            className={controls.button}
            disabled={typed.trim().toLowerCase() !== word || leave.isPending}
            onClick={() => leave.mutate()}
          >
            {title}
          </button>
        </div>
      )}
      <Problem error={leave.error} />
    </RailRow>
  )
}
