import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { groupsQuery, placeHold } from './api.ts'
import { type Held, termsOf } from './hold-model.ts'
import { HoldPicker } from './hold-picker.tsx'
import styles from './retention.module.css'
import { useRetentionT } from './words.ts'

/** What is held, why, and since when. */
export function HoldForm({ onDone }: { onDone(): void }) {
  const t = useRetentionT()
  const shell = useT()
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Held[]>([])
  const place = useMutation({
    mutationFn: placeHold,
    onSuccess: async () => {
      showToast({ text: t('console-retention.placed_now') })
      await queries.invalidateQueries({ queryKey: ['retention'] })
      onDone()
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    place.mutate({ ...holdIn(new FormData(event.currentTarget)), ...termsOf(chosen) })
  }
  return (
    <form className={styles.holdForm} onSubmit={onSubmit}>
      <About />
      <HoldPicker chosen={chosen} onChange={setChosen} />
      <Groups />
      <label data-wide className={styles.tick}>
        <input type="checkbox" name="everything" /> {t('console-retention.form_everything')}
      </label>
      <div data-wide className={styles.cluster}>
        <button type="submit" className={cx(controls.main, controls.large)} disabled={place.isPending}>
          {t('console-retention.place')}
        </button>
        <button type="button" className={cx(controls.plain, controls.large)} onClick={onDone}>
          {t('console-retention.cancel')}
        </button>
      </div>
      {place.error !== null && (
        <p role="alert" data-wide>
          {errorText(shell, place.error)}
        </p>
      )}
    </form>
  )
}

/** What it is called, why, and since when. */
function About() {
  const t = useRetentionT()
  return (
    <>
      <label>
        <span className={controls.label}>{t('console-retention.form_name')}</span>
        <input className={controls.field} name="name" required maxLength={120} autoComplete="off" />
      </label>
      <label>
        <span className={controls.label}>{t('console-retention.form_since')}</span>
        <input className={controls.field} name="since" type="date" aria-describedby="since-hint" />
        <span className={controls.hint} id="since-hint">
          {t('console-retention.form_since_hint')}
        </span>
      </label>
      <label data-wide>
        <span className={controls.label}>{t('console-retention.form_reason')}</span>
        <textarea className={controls.field} name="reason" required rows={2} maxLength={2000} />
      </label>
    </>
  )
}

function Groups() {
  const t = useRetentionT()
  const groups = useQuery(groupsQuery).data?.groups ?? []
  if (groups.length === 0) return null
  return (
    <fieldset data-wide>
      <legend className={controls.label}>{t('console-retention.form_groups')}</legend>
      {groups.map(({ id, name }) => (
        <label key={id} className={styles.tick}>
          <input type="checkbox" name="group" value={id} /> {name}
        </label>
      ))}
    </fieldset>
  )
}

function holdIn(form: FormData) {
  const said = (name: string): string => String(form.get(name) ?? '').trim()
  const since = said('since')
  return {
    name: said('name'),
    reason: said('reason'),
    everything: form.get('everything') !== null,
    groupIds: form.getAll('group').map(String),
    ...(since === '' ? {} : { since }),
  }
}
