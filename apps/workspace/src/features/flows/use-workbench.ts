import { useCallback, useState } from 'react'
import { announce, showToast } from '../../app/toasts.tsx'
import type { StepChange } from './diff.ts'
import { usualWay } from './document.ts'
import type { Standing } from './trial-panel.tsx'
import type { Editing } from './use-editing.ts'
import { useFlowsT } from './words.ts'

export const tabs = ['step', 'trial', 'faults', 'history'] as const
export type Tab = (typeof tabs)[number]

const nowhere: Standing = { current: undefined, passed: new Set() }
const unchanged: ReadonlyMap<string, StepChange> = new Map()

/** What is open beside the canvas, what is marked on it, and what its keys do. */
export function useWorkbench({ editor, dispatch }: Editing) {
  const t = useFlowsT()
  const { steps } = editor.present
  const [tab, setTab] = useState<Tab>('step')
  const [standing, setStanding] = useState(nowhere)
  const [marks, setMarks] = useState(unchanged)
  const open = useCallback(
    (id: string | undefined) => {
      setTab('step')
      dispatch({ type: 'select', id })
    },
    [dispatch],
  )
  const remove = (id: string) => {
    if (steps.length < 2) return announce(t('flows.only_step'))
    dispatch({ type: 'remove', id })
    const action = { label: t('flows.undo'), run: () => dispatch({ type: 'undo' }) }
    showToast({ text: t('flows.step_removed'), action })
  }
  const add = (id: string) => {
    const step = steps.find((each) => each.id === id)
    if (!step) return
    setTab('step')
    dispatch(usualWay(step) ? { type: 'add', kind: 'do', after: id } : { type: 'before', kind: 'do', id })
  }
  return { tab, setTab, standing, setStanding, marks, setMarks, open, remove, add }
}
