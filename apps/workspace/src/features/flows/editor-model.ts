import type { Flow, StepKind } from '@clew/flows/flow'
import {
  freeId,
  getAt,
  newStep,
  type Path,
  redirected,
  setAt,
  stepIndex,
  usualWay,
  withPlaceholders,
} from './document.ts'

export type Editor = {
  past: readonly Flow[]
  present: Flow
  future: readonly Flow[]
  /** The step that is open beside the canvas; undefined: the flow as a whole. */
  selected: string | undefined
  /** What was typed into last: more of the same is one step back, not thirty. */
  typing: string | undefined
}

export type EditorAction =
  | { type: 'set'; path: Path; value: unknown; typing?: boolean }
  | { type: 'select'; id: string | undefined }
  | { type: 'add'; kind: StepKind; after: string }
  | { type: 'before'; kind: StepKind; id: string }
  /** A new step for one way on, given by its place. */
  | { type: 'lead'; kind: StepKind; path: Path; next: string | undefined }
  | { type: 'remove'; id: string }
  | { type: 'rename'; id: string; to: string }
  | { type: 'begin'; id: string }
  | { type: 'undo' }
  | { type: 'redo' }
  /** Another document altogether. */
  | { type: 'take'; document: Flow; keepPast?: boolean }

const keptSteps = 200

export const openEditor = (document: Flow): Editor => ({
  past: [],
  present: document,
  future: [],
  selected: undefined,
  typing: undefined,
})

export function edit(editor: Editor, action: EditorAction): Editor {
  switch (action.type) {
    case 'select':
      return { ...editor, selected: action.id, typing: undefined }
    case 'undo':
      return undo(editor)
    case 'redo':
      return redo(editor)
    case 'take':
      return action.keepPast ? changed(editor, action.document) : openEditor(action.document)
    default:
      return change(editor, action)
  }
}

type Change = Exclude<EditorAction, { type: 'select' | 'undo' | 'redo' | 'take' }>

function change(editor: Editor, action: Change): Editor {
  switch (action.type) {
    case 'set':
      return set(editor, action)
    case 'add':
      return addAfter(editor, action.kind, action.after)
    case 'before':
      return addBefore(editor, action.kind, action.id)
    case 'lead':
      return leadToNew(editor, action)
    case 'remove':
      return remove(editor, action.id)
    case 'rename':
      return rename(editor, action.id, action.to)
    case 'begin':
      return begin(editor, action.id)
  }
}

function changed(editor: Editor, document: Flow, more: Partial<Editor> = {}): Editor {
  const present = withPlaceholders(document)
  const past = [...editor.past, editor.present].slice(-keptSteps)
  return withSelection({ ...editor, past, present, future: [], typing: undefined, ...more })
}

function set(editor: Editor, { path, value, typing }: Extract<EditorAction, { type: 'set' }>): Editor {
  if (getAt(editor.present, path) === value) return editor
  const document = setAt(editor.present, path, value)
  const place = typing ? path.join('.') : undefined
  if (place === undefined || place !== editor.typing) return changed(editor, document, { typing: place })
  return { ...editor, present: withPlaceholders(document), future: [] }
}

function addAfter(editor: Editor, kind: StepKind, after: string): Editor {
  const { present } = editor
  const index = stepIndex(present, after)
  const step = present.steps[index]
  const way = step && usualWay(step)
  if (!way) return editor
  const path = ['steps', index, ...way.path]
  return leadToNew(editor, { type: 'lead', kind, path, next: way.next })
}

/** The new step stands between: it leads on to where the way led before. */
function leadToNew(editor: Editor, { kind, path, next }: Extract<EditorAction, { type: 'lead' }>): Editor {
  const { present } = editor
  const index = Number(path[1])
  const id = freeId(present, kind)
  const led = setAt(present, path, id)
  const steps = [...led.steps.slice(0, index + 1), newStep(kind, id, next ?? 'handover'), ...led.steps.slice(index + 1)]
  return changed(editor, { ...led, steps }, { selected: id })
}

/** What led to the step leads to the new one, and that to the step. */
function addBefore(editor: Editor, kind: StepKind, id: string): Editor {
  const { present } = editor
  const index = stepIndex(present, id)
  if (index < 0) return editor
  const made = freeId(present, kind)
  const { steps } = redirected(present, id, made)
  const all = [...steps.slice(0, index), newStep(kind, made, id), ...steps.slice(index)]
  return changed(editor, { ...present, steps: all }, { selected: made })
}

/** What led to it leads to where it led. */
function remove(editor: Editor, id: string): Editor {
  const { present } = editor
  const step = present.steps[stepIndex(present, id)]
  if (!step || present.steps.length < 2) return editor
  const next = usualWay(step)?.next ?? 'handover'
  const turned = redirected(present, id, next === id ? 'handover' : next)
  const steps = turned.steps.filter((each) => each.id !== id)
  return changed(editor, { ...turned, steps }, { selected: steps.some((each) => each.id === next) ? next : undefined })
}

/** Every place that names the step follows. A name that is taken is refused. */
function rename(editor: Editor, id: string, to: string): Editor {
  const { present } = editor
  if (id === to || present.steps.some((step) => step.id === to)) return editor
  const turned = redirected(present, id, to)
  const steps = turned.steps.map((step) => (step.id === id ? { ...step, id: to } : step))
  return changed(editor, { ...turned, steps }, { selected: editor.selected === id ? to : editor.selected })
}

function begin(editor: Editor, id: string): Editor {
  const { steps } = editor.present
  const first = steps.find((step) => step.id === id)
  if (!first || steps[0] === first) return editor
  return changed(editor, { ...editor.present, steps: [first, ...steps.filter((step) => step !== first)] })
}

function undo(editor: Editor): Editor {
  const present = editor.past.at(-1)
  if (!present) return editor
  const future = [editor.present, ...editor.future]
  return withSelection({ ...editor, past: editor.past.slice(0, -1), present, future, typing: undefined })
}

function redo(editor: Editor): Editor {
  const [present, ...future] = editor.future
  if (!present) return editor
  return withSelection({ ...editor, past: [...editor.past, editor.present], present, future, typing: undefined })
}

const withSelection = (editor: Editor): Editor =>
  stepIndex(editor.present, editor.selected) < 0 ? { ...editor, selected: undefined } : editor
