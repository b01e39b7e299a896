import type { OrganisationView } from '@clew/contract/members'
import { type ComponentProps, type FormEvent, useState } from 'react'
import controls from '../../app/ui/controls.module.css'
import type { OrganisationDraft } from './api.ts'
import styles from './members.module.css'
import { Problem } from './page.tsx'
import { useMembersT } from './words.ts'

type Props = {
  organisation?: OrganisationView
  error: unknown
  isBusy: boolean
  onSave(draft: OrganisationDraft & { ownerEmail?: string }): void
}

/** `Halcyon Shipping` becomes `halcyon-shipping`; other alphabets are left to whoever types. */
const slugFrom = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)

/** What the support team says of an organisation; of a new one, who will own it too. */
export function OrganisationForm({ organisation, error, isBusy, onSave }: Props) {
  const t = useMembersT()
  const [draft, setDraft] = useState(draftOf(organisation))
  const [isSlugOwn, setSlugOwn] = useState(organisation !== undefined)
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSave(saved(draft))
  }
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.row}>
        <Field
          label={t('console-members.name')}
          required
          maxLength={120}
          value={draft.name}
          onValue={(name) => set(isSlugOwn ? { name } : { name, slug: slugFrom(name) })}
        />
        <Field
          label={t('console-members.org_slug')}
          required
          pattern="[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
          title={t('console-members.org_slug_hint')}
          value={draft.slug}
          onValue={(slug) => {
            setSlugOwn(true)
            set({ slug })
          }}
        />
      </div>
      <SeatsAndRegion draft={draft} set={set} />
      {organisation === undefined && (
        <Field
          label={t('console-members.org_owner')}
          type="email"
          maxLength={254}
          value={draft.owner}
          onValue={(owner) => set({ owner })}
        />
      )}
      <Problem error={error} />
      <p className={styles.buttons}>
        <button type="submit" className={controls.main} disabled={isBusy}>
          {organisation ? t('console-members.save') : t('console-members.org_open')}
        </button>
      </p>
    </form>
  )
}

type Draft = { name: string; slug: string; region: string; seats: string; owner: string }

const draftOf = (organisation: OrganisationView | undefined): Draft => ({
  name: organisation?.name ?? '',
  slug: organisation?.slug ?? '',
  region: organisation?.region ?? '',
  seats: organisation?.seats?.limit?.toString() ?? '',
  owner: '',
})

const saved = ({ name, slug, region, seats, owner }: Draft): OrganisationDraft & { ownerEmail?: string } => ({
  name: name.trim(),
  slug,
  region: region.trim() || null,
  seats: seats === '' ? null : Number(seats),
  ...(owner.trim() === '' ? {} : { ownerEmail: owner.trim() }),
})

function SeatsAndRegion({ draft, set }: { draft: Draft; set(change: Partial<Draft>): void }) {
  const t = useMembersT()
  return (
    <div className={styles.row}>
      <Field
        label={t('console-members.org_seats')}
        type="number"
        min={0}
        max={1_000_000}
        placeholder={t('console-members.seat_limit_none')}
        value={draft.seats}
        onValue={(seats) => set({ seats })}
      />
      <Field
        label={t('console-members.org_region')}
        maxLength={60}
        value={draft.region}
        onValue={(region) => set({ region })}
      />
    </div>
  )
}

type FieldProps = { label: string; value: string; onValue(value: string): void } & Omit<
  ComponentProps<'input'>,
  'value' | 'onChange'
>

function Field({ label, value, onValue, ...rest }: FieldProps) {
  return (
    <label>
      <span className={controls.label}>{label}</span>
      <input
        className={controls.field}
        autoComplete="off"
        value={value}
        onChange={(event) => onValue(event.target.value)}
        {...rest}
      />
    </label>
  )
}
