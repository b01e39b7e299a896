import { ClewError } from '@clew/client/http'
import type { SettingsToSave } from '@clew/client/settings-api'
import type { Settings, SettingsGroup } from '@clew/contract/settings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { sessionQuery } from '../../app/queries.ts'
import { showToast } from '../../app/toasts.tsx'
import { settingsApi, settingsQuery } from './api.ts'
import { useSettingsT } from './words.ts'

export type Saved<G extends SettingsGroup> = Settings[G]['saved']
export type Draft<G extends SettingsGroup> = ReturnType<typeof useDraft<G>>

type Base<G extends SettingsGroup> = { version: number; saved: Saved<G> }

/** What somebody is changing in one group, from when they began until it is saved. */
export function useDraft<G extends SettingsGroup>(group: G, settings: Settings) {
  const now: Base<G> = settings[group]
  const [base, setBase] = useState<Base<G>>(now)
  const [value, setValue] = useState<Saved<G>>(now.saved)
  const [key, setKey] = useState<string | null | undefined>(undefined)
  const isDirty = key !== undefined || !isSame(value, base.saved)

  const restart = (from: Base<G>) => {
    setBase(from)
    setValue(from.saved)
    setKey(undefined)
  }
  // What another person saved shows by itself, as long as nothing here would be lost by it.
  useEffect(() => {
    if (!isDirty && now.version !== base.version) restart(now)
  })
  const save = useSave<G>(group, restart)
  const submit = () => {
    if (!isDirty || save.isPending) return
    save.mutate({ input: { version: base.version, value, ...(key === undefined ? {} : { key }) }, before: base })
  }
  return {
    value,
    key,
    setKey,
    isDirty,
    isSaving: save.isPending,
    error: save.error,
    isConflict: save.error instanceof ClewError && save.error.code === 'settings.conflict',
    set: (part: Partial<Saved<G>>) => setValue((before: Saved<G>) => pruned({ ...before, ...part })),
    submit,
    discard: () => {
      save.reset()
      restart(now)
    },
    /** Goes on from the newest version with what is written here. */
    keepMine: () => {
      save.reset()
      setBase({ version: now.version, saved: now.saved })
    },
  }
}

type Saving<G extends SettingsGroup> = { input: SettingsToSave<Saved<G>>; before: Base<G> }

function useSave<G extends SettingsGroup>(group: G, restart: (from: Base<G>) => void) {
  const t = useSettingsT()
  const workspace = useT()
  const queryClient = useQueryClient()
  const take = (settings: Settings) => {
    queryClient.setQueryData(settingsQuery.queryKey, settings)
    void queryClient.invalidateQueries({ queryKey: ['settings', 'changes', group] })
    // The name of the brand stands in the bar.
    if (group === 'brand') void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
    restart(settings[group])
  }
  const undo = async (version: number, before: Base<G>) => {
    try {
      take(await settingsApi.save(group, { version, value: before.saved }))
      showToast({ text: t('settings.undone') })
    } catch (error) {
      const reason = errorText(workspace, error)
      showToast({ text: t('settings.undo_failed', { reason }), tone: 'problem' })
    }
  }
  return useMutation({
    mutationFn: ({ input }: Saving<G>) => settingsApi.save(group, input),
    onSuccess: (settings, { input, before }) => {
      take(settings)
      // A key that was replaced is nowhere any more, so a change with one cannot be taken back.
      const action = { label: t('settings.undo'), run: () => void undo(settings[group].version, before) }
      showToast({ text: t('settings.saved'), ...(input.key === undefined ? { action } : {}) })
    },
    onError: (error) => {
      if (error instanceof ClewError && error.code === 'settings.conflict')
        void queryClient.invalidateQueries({ queryKey: settingsQuery.queryKey })
    },
  })
}

/** A field without a value has the operator's. */
const pruned = <V extends object>(value: V): V =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as V

const isSame = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => x.localeCompare(y)))
      : part,
  )
