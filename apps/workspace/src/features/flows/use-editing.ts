import type { FlowDetail } from '@clew/contract/flows'
import type { Flow } from '@clew/flows/flow'
import type { FlowProblem } from '@clew/flows/problems'
import { checkFlow, toFlowProblem } from '@clew/flows/validate'
import { useEffect, useMemo, useReducer, useState } from 'react'
import { asFlow } from './api.ts'
import { saysTheSame } from './diff.ts'
import { edit, openEditor } from './editor-model.ts'
import { keepDraft, keptDraft } from './local-draft.ts'

export type Editing = ReturnType<typeof useEditing>

/** A flow as somebody is changing it, kept in this browser until it is saved. */
export function useEditing(detail: FlowDetail) {
  const [kept] = useState(() => (detail.mayEdit ? keptDraft(detail.id) : undefined))
  const [basedOn, setBasedOn] = useState(kept?.basedOn ?? detail.version)
  const [saved, setSaved] = useState(() => asFlow(detail.document))
  const [editor, dispatch] = useReducer(edit, kept?.document ?? saved, openEditor)
  const { present } = editor
  const isDirty = useMemo(() => !saysTheSame(present, saved), [present, saved])
  const faults = useMemo(() => faultsOf(present, detail), [present, detail])
  useEffect(() => {
    if (detail.mayEdit) keepDraft(detail.id, isDirty ? { basedOn, document: present } : undefined)
  }, [detail.mayEdit, detail.id, isDirty, basedOn, present])

  const take = (next: FlowDetail) => {
    setBasedOn(next.version)
    setSaved(asFlow(next.document))
    dispatch({ type: 'take', document: asFlow(next.document) })
  }
  return {
    editor,
    dispatch,
    faults,
    isDirty,
    basedOn,
    /** It was not saved when the page went away. */
    isFromDraft: kept !== undefined && isDirty,
    take,
    /** After saving: the same document, so what was typed can still be taken back. */
    settle: (next: FlowDetail) => {
      setBasedOn(next.version)
      setSaved(asFlow(next.document))
      if (!saysTheSame(present, asFlow(next.document)))
        dispatch({ type: 'take', document: asFlow(next.document), keepPast: true })
    },
    /** Goes on from the newest version with what is written here. */
    keepMine: (next: FlowDetail) => {
      setBasedOn(next.version)
      setSaved(asFlow(next.document))
    },
  }
}

/** As the server will see it: by itself, and among the other flows. */
function faultsOf(flow: Flow, { others }: FlowDetail): FlowProblem[] {
  const { problems } = checkFlow(flow)
  const known = new Set([flow.id, ...others.map(({ id }) => id)])
  const lost = flow.steps.flatMap((step, index) =>
    step.kind === 'end' && step.flow !== undefined && !known.has(step.flow)
      ? [{ path: `steps[${index}].flow`, code: 'unknown_flow' as const, params: { flow: step.flow } }]
      : [],
  )
  // An empty text is too short and not well formed: one reason is enough.
  const once = new Map([...problems.map(toFlowProblem), ...lost].map((each) => [`${each.path} ${each.code}`, each]))
  return [...once.values()]
}
