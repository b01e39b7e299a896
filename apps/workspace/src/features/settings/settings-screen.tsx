import type { Settings, SettingsGroup } from '@clew/contract/settings'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { Bones } from '../../app/ui/bones.tsx'
import controls from '../../app/ui/controls.module.css'
import { cx } from '../../app/ui/cx.ts'
import { LeaveGuard } from '../../app/ui/leave-guard.tsx'
import { ledgerClass, RailRow } from '../../app/ui/rail.tsx'
import sheet from '../../app/ui/sheet.module.css'
import { Status } from '../../app/ui/status.tsx'
import text from '../../app/ui/text.module.css'
import { settingsQuery } from './api.ts'
import { ChangesTrail } from './changes-trail.tsx'
import { MailNotice } from './mail-notice.tsx'
import styles from './settings.module.css'
import { type Draft, useDraft } from './use-draft.ts'
import { type SettingsT, SettingsWords, useSettingsT } from './words.ts'

export type ScreenProps<G extends SettingsGroup> = { settings: Settings; draft: Draft<G> }

type SettingsScreenProps<G extends SettingsGroup> = {
  group: G
  /** One sentence about what the settings do as they stand in the form. */
  effect(props: ScreenProps<G>): ReactNode
  /** What keeps it from being saved, in words. */
  problem?(props: ScreenProps<G>): string | undefined
  children(props: ScreenProps<G>): ReactNode
}

/** One group of settings: what it does, the form, and who changed what. */
export function SettingsScreen<G extends SettingsGroup>(props: SettingsScreenProps<G>) {
  return (
    <SettingsWords waiting={<Waiting />}>
      <Loaded {...props} />
    </SettingsWords>
  )
}

const Waiting = () => (
  <main className={sheet.sheet} id="main">
    <div className={cx(ledgerClass, sheet.ledger)}>
      <RailRow className={sheet.part}>
        <Bones widths={[30, 60, 45, 50]} />
      </RailRow>
    </div>
  </main>
)

function Loaded<G extends SettingsGroup>(props: SettingsScreenProps<G>) {
  const t = useSettingsT()
  const workspace = useT()
  const { data, error, refetch } = useQuery(settingsQuery)
  if (data !== undefined) return <Form {...props} settings={data} />
  if (error === null) return <Waiting />
  return (
    <main className={sheet.sheet} id="main">
      <div className={cx(ledgerClass, sheet.ledger)}>
        <RailRow as="header" className={sheet.head}>
          <h1>{titleOf(t, props.group)}</h1>
          <p role="alert">{errorText(workspace, error)}</p>
          <button type="button" className={controls.button} onClick={() => void refetch()}>
            {t('settings.try_again')}
          </button>
        </RailRow>
      </div>
    </main>
  )
}

function Form<G extends SettingsGroup>({
  group,
  settings,
  effect,
  problem,
  children,
}: SettingsScreenProps<G> & { settings: Settings }) {
  const t = useSettingsT()
  const draft = useDraft(group, settings)
  const inside = { settings, draft }
  const trouble = problem?.(inside)
  const submit = () => {
    if (trouble === undefined) draft.submit()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || !['s', 'Enter'].includes(event.key)) return
    event.preventDefault()
    submit()
  }
  return (
    <>
      <main className={sheet.sheet} id="main">
        <MailNotice />
        <form className={cx(ledgerClass, sheet.ledger)} onSubmit={onSubmit} onKeyDown={onKeyDown} noValidate>
          <RailRow as="header" className={sheet.head}>
            <h1>{titleOf(t, group)}</h1>
            <p className={text.effect}>{effect(inside)}</p>
            {!settings.mayChange && <p className={controls.hint}>{t('settings.read_only')}</p>}
          </RailRow>
          <fieldset className={styles.all} disabled={!settings.mayChange}>
            {children(inside)}
          </fieldset>
          {settings.mayChange && <SaveBar draft={draft} trouble={trouble} />}
        </form>
      </main>
      <ChangesTrail group={group} />
      <LeaveGuard isDirty={draft.isDirty} words={leaveWords(t)} />
    </>
  )
}

function SaveBar<G extends SettingsGroup>({ draft, trouble }: { draft: Draft<G>; trouble: string | undefined }) {
  const t = useSettingsT()
  const workspace = useT()
  const said = trouble ?? (draft.error === null ? undefined : errorText(workspace, draft.error))
  return (
    <RailRow className={styles.bar} data-dirty={draft.isDirty || undefined}>
      <div role="alert">
        {draft.isDirty && said !== undefined && (
          <Status shape="major" tone="major">
            {said}
          </Status>
        )}
      </div>
      <div className={styles.ways}>
        <button
          type="submit"
          className={controls.main}
          disabled={!draft.isDirty || draft.isSaving || trouble !== undefined || draft.isConflict}
        >
          {t('settings.save')}
        </button>
        {draft.isConflict ? (
          <>
            <button type="button" className={controls.button} onClick={draft.discard}>
              {t('settings.take_theirs')}
            </button>
            <button type="button" className={controls.button} onClick={draft.keepMine}>
              {t('settings.keep_mine')}
            </button>
          </>
        ) : (
          draft.isDirty && (
            <button type="button" className={controls.plain} onClick={draft.discard}>
              {t('settings.discard')}
            </button>
          )
        )}
        <span role="status" className={controls.hint}>
          {draft.isDirty && t('settings.unsaved')}
        </span>
      </div>
    </RailRow>
  )
}

const titleOf = (t: SettingsT, group: SettingsGroup): string => t(`settings.${group}`)

/** A headed part of the form. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <RailRow as="section" className={sheet.part} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.fields}>{children}</div>
    </RailRow>
  )
}

const leaveWords = (t: SettingsT) => ({
  title: t('settings.leave_title'),
  text: t('settings.leave_text'),
  stay: t('settings.leave_stay'),
  go: t('settings.leave_go'),
})
