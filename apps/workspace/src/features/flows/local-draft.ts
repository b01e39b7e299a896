import type { Flow } from '@clew/flows/flow'
import { keep, readKept } from '../../app/preferences.ts'

export type LocalDraft = { basedOn: number; document: Flow }

const place = (flowId: string): string => `clew:flow:${flowId}`

/** What somebody had not saved when the page went away. */
export function keptDraft(flowId: string): LocalDraft | undefined {
  const kept = readKept(place(flowId))
  if (kept === undefined) return undefined
  try {
    const draft: unknown = JSON.parse(kept)
    return isDraft(draft) && draft.document.id === flowId ? draft : undefined
  } catch (error) {
    // Written by something else; it is no draft of ours.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export const keepDraft = (flowId: string, draft: LocalDraft | undefined): boolean =>
  keep(place(flowId), draft && JSON.stringify(draft))

const isDraft = (value: unknown): value is LocalDraft =>
  typeof value === 'object' &&
  value !== null &&
  'basedOn' in value &&
  typeof value.basedOn === 'number' &&
  'document' in value &&
  typeof value.document === 'object' &&
  value.document !== null &&
  'steps' in value.document &&
  Array.isArray(value.document.steps)
