import { ClewError } from '@clew/client/http'
import type { Macro, MacroList } from '@clew/contract/macros'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { errorText } from '../../app/errors.ts'
import { useT } from '../../app/i18n.tsx'
import { showToast } from '../../app/toasts.tsx'
import { macrosApi, macrosQuery } from './api.ts'
import { contentOf, draftOf, emptyDraft, isSame, type MacroDraft } from './draft.ts'
import { useMacrosT } from './words.ts'

type Base = { version: number; draft: MacroDraft }

const baseOf = (macro: Macro | undefined): Base =>
  macro === undefined ? { version: 0, draft: emptyDraft } : { version: macro.version, draft: draftOf(macro) }

/** What somebody writes in one macro, from when they began until it is saved; without one, in a new one. */
export function useEditing(macro: Macro | undefined, onSaved: (macro: Macro) => void) {
  const t = useMacrosT()
  const queryClient = useQueryClient()
  const [base, setBase] = useState(baseOf(macro))
  const [value, setValue] = useState(base.draft)
  const isDirty = !isSame(value, base.draft)
  const restart = (from: Base) => {
    setBase(from)
    setValue(from.draft)
  }
  // What another person saved shows by itself, as long as nothing here would be lost by it.
  useEffect(() => {
    if (!isDirty && macro !== undefined && macro.version !== base.version) restart(baseOf(macro))
  })
  const save = useMutation({
    mutationFn: () =>
      macro === undefined
        ? macrosApi.create(contentOf(value))
        : macrosApi.change(macro.id, { version: base.version, ...contentOf(value) }),
    onSuccess: (saved) => {
      restart(baseOf(saved))
      queryClient.setQueryData(macrosQuery.queryKey, (all) => all && withMacro(all, saved))
      void queryClient.invalidateQueries({ queryKey: macrosQuery.queryKey })
      showToast({ text: t('macros.saved', { name: saved.name }) })
      onSaved(saved)
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: macrosQuery.queryKey }),
  })
  return {
    value,
    isDirty,
    isSaving: save.isPending,
    error: save.error,
    isConflict: save.error instanceof ClewError && save.error.code === 'macro.conflict',
    set: (part: Partial<MacroDraft>) => setValue((before) => ({ ...before, ...part })),
    save: () => save.mutate(),
    discard: () => {
      save.reset()
      restart(baseOf(macro))
    },
    /** Goes on from the newest version with what is written here. */
    keepMine: () => {
      save.reset()
      setBase(baseOf(macro))
    },
  }
}

export type Editing = ReturnType<typeof useEditing>

const withMacro = ({ macros, ...rest }: MacroList, saved: Macro): MacroList => ({
  ...rest,
  macros: [...macros.filter(({ id }) => id !== saved.id), saved].sort((a, b) => a.name.localeCompare(b.name)),
})

/** Deletes at once, and brings it back when asked: the same again, as one of its own. */
export function useDelete(onGone: () => void) {
  const t = useMacrosT()
  const workspace = useT()
  const queryClient = useQueryClient()
  const ask = () => queryClient.invalidateQueries({ queryKey: macrosQuery.queryKey })
  const bringBack = async (macro: Macro) => {
    try {
      await macrosApi.create(contentOf(draftOf(macro)))
      showToast({ text: t('macros.undone', { name: macro.name }) })
    } catch (error) {
      showToast({ tone: 'problem', text: t('macros.undo_failed', { reason: errorText(workspace, error) }) })
    }
    await ask()
  }
  return useMutation({
    mutationFn: (macro: Macro) => macrosApi.delete(macro.id),
    onSuccess: async (_, macro) => {
      onGone()
      const action = { label: t('macros.undo'), run: () => void bringBack(macro) }
      showToast({ text: t('macros.deleted', { name: macro.name }), action })
      await ask()
    },
    onError: (error) =>
      showToast({ tone: 'problem', text: t('macros.delete_failed', { reason: errorText(workspace, error) }) }),
  })
}
