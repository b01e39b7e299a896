import { type InvitePreview, maxInviteTextLength } from '@clew/contract/members'
import { useQuery } from '@tanstack/react-query'
import { type ChangeEvent, type FormEvent, useEffect, useState } from 'react'
import { useT } from '../../app/i18n.tsx'
import { useSession } from '../../app/session.ts'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { RailRow } from '../../app/ui/rail.tsx'
import { Select } from '../../app/ui/select.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { groupsQuery, type Invite, membersApi, rolesQuery, seatsQuery } from './api.ts'
import { Invited, InviteSays } from './invite-says.tsx'
import { JoinLink } from './join-link.tsx'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { roleOfValue, valueOfView, wordOfView } from './role-words.ts'
import { useChange } from './use-change.ts'
import { useMembersT } from './words.ts'

type Draft = {
  text: string
  table: { name: string; text: string } | undefined
  role: string
  group: string
  seat: string
  until: string
  locale: string
}

const restMs = 300

/** One address or a whole table; says of each, before anything is sent, what will happen. */
export function InviteBox() {
  const t = useMembersT()
  const words = useT()
  const { organisation } = useSession()
  const empty: Draft = {
    text: '',
    table: undefined,
    // Whoever is invited to the support team is to answer people.
    role: organisation.kind === 'support' ? 'agent' : 'member',
    group: '',
    seat: 'default',
    until: '',
    locale: words.locale,
  }
  const [draft, setDraft] = useState(empty)
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }))
  const asked = inviteOf(draft)
  const { preview, going, hasText } = usePreview(asked)
  const invite = useChange(() => membersApi.invite(asked), { toast: false, onDone: () => setDraft(empty) })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (going > 0) invite.mutate()
  }
  return (
    <RailRow
      as="section"
      className={sheet.part}
      margin={t('console-members.margin_new')}
      aria-label={t('console-members.invite')}
    >
      <h2>{t('console-members.invite')}</h2>
      <form className={styles.invite} onSubmit={onSubmit}>
        <Addresses draft={draft} set={set} />
        <RoleAndGroup draft={draft} set={set} />
        <button type="submit" className={cx(controls.main, controls.large)} disabled={going === 0 || invite.isPending}>
          {t('console-members.invite_send', { count: going })}
        </button>
        <MoreChoices draft={draft} set={set} />
      </form>
      <div role="status" aria-live="polite">
        <Problem error={invite.error ?? (hasText ? preview.error : null)} />
        {hasText && !preview.error && <Says preview={preview.data} />}
        {!hasText && invite.data && <Invited sent={invite.data} />}
      </div>
      {organisation.kind === 'customer' && <JoinLink />}
    </RailRow>
  )
}

const Says = ({ preview }: { preview: InvitePreview | undefined }) => preview && <InviteSays preview={preview} />

/** What would happen to those who are written down, asked once the writing rests. */
function usePreview(asked: Invite) {
  const settled = useSettled(JSON.stringify(asked))
  const hasText = asked.text.trim() !== ''
  const preview = useQuery({
    queryKey: ['console-members', 'preview', settled],
    queryFn: ({ signal }) => membersApi.preview(JSON.parse(settled) as Invite, signal),
    enabled: hasText,
    gcTime: 0,
    placeholderData: (before) => before,
    retry: false,
  })
  const { sends, waits } = preview.data ?? { sends: 0, waits: 0 }
  return { preview, hasText, going: hasText ? sends + waits : 0 }
}

const inviteOf = ({ text, table, role, group, seat, until, locale }: Draft): Invite => ({
  source: table ? 'csv' : 'paste',
  text: table?.text ?? text,
  role: roleOfValue(role),
  groupIds: group === '' ? [] : [group],
  seat,
  locale,
  // To the end of that day, where whoever invites is.
  ...(until === '' ? {} : { memberExpiresAt: new Date(`${until}T23:59:59`).toISOString() }),
})

/** A value once it has been left alone for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

type PartProps = { draft: Draft; set(change: Partial<Draft>): void }

function Addresses({ draft, set }: PartProps) {
  const t = useMembersT()
  const [isTooLarge, setTooLarge] = useState(false)
  const onFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget
    const file = input.files?.[0]
    if (!file) return
    setTooLarge(file.size > maxInviteTextLength)
    if (file.size <= maxInviteTextLength) set({ table: { name: file.name, text: await file.text() } })
    input.value = ''
  }
  return (
    <div className={styles.addresses}>
      {draft.table ? (
        <p className={styles.table}>
          {t('console-members.invite_table_is', { file: draft.table.name })}{' '}
          <button type="button" className={controls.link} onClick={() => set({ table: undefined })}>
            {t('console-members.invite_table_drop')}
          </button>
        </p>
      ) : (
        <label>
          <span className={controls.label}>{t('console-members.invite_addresses')}</span>
          <textarea
            className={cx(controls.field, styles.paste)}
            rows={Math.min(6, draft.text.split('\n').length)}
            autoComplete="off"
            spellCheck={false}
            maxLength={maxInviteTextLength}
            value={draft.text}
            aria-describedby="invite-hint"
            onChange={(event) => set({ text: event.target.value })}
          />
        </label>
      )}
      <p className={controls.hint} id="invite-hint">
        {t('console-members.invite_hint')}{' '}
        <label className={cx(controls.link, styles.file)}>
          {t('console-members.invite_table')}
          <input type="file" accept=".csv,text/csv,text/plain" onChange={(event) => void onFile(event)} />
        </label>
      </p>
      {isTooLarge && <p role="alert">{t('console-members.invite_table_large')}</p>}
    </div>
  )
}

function RoleAndGroup({ draft, set }: PartProps) {
  const t = useMembersT()
  const roles = useQuery(rolesQuery).data?.roles ?? []
  const groups = (useQuery(groupsQuery).data?.groups ?? []).filter(({ connection }) => connection === null)
  return (
    <>
      <label>
        <span className={controls.label}>{t('console-members.role')}</span>
        <Select boxed value={draft.role} onChange={(event) => set({ role: event.target.value })}>
          {roles
            .filter(({ mayGive }) => mayGive)
            .map((role) => (
              <option key={valueOfView(role)} value={valueOfView(role)}>
                {wordOfView(t, role)}
              </option>
            ))}
        </Select>
      </label>
      <label>
        <span className={controls.label}>{t('console-members.group')}</span>
        <Select boxed value={draft.group} onChange={(event) => set({ group: event.target.value })}>
          <option value="">{t('console-members.group_none')}</option>
          {groups.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </label>
    </>
  )
}

function MoreChoices({ draft, set }: PartProps) {
  const t = useMembersT()
  const seats = useQuery(seatsQuery).data?.seatTypes ?? []
  return (
    <details className={styles.more}>
      <summary>{t('console-members.more')}</summary>
      <div className={styles.choices}>
        {seats.length > 0 && (
          <label>
            <span className={controls.label}>{t('console-members.seat')}</span>
            <Select boxed value={draft.seat} onChange={(event) => set({ seat: event.target.value })}>
              <option value="default">{t('console-members.seat_default')}</option>
              <option value="none">{t('console-members.seat_none')}</option>
              {seats.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </label>
        )}
        <label>
          <span className={controls.label}>{t('console-members.guest_until')}</span>
          <input
            className={controls.field}
            type="date"
            value={draft.until}
            onChange={(event) => set({ until: event.target.value })}
          />
        </label>
        <label>
          <span className={controls.label}>{t('console-members.letter_language')}</span>
          <Select boxed value={draft.locale} onChange={(event) => set({ locale: event.target.value })}>
            <option value="en">English</option>
            <option value="el">Ελληνικά</option>
          </Select>
        </label>
      </div>
    </details>
  )
}
