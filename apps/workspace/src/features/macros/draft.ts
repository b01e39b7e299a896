import { Tag } from '@clew/contract/conversations'
import { maxMacroTags, unknownPlaceholder } from '@clew/contract/macro-placeholders'
import type { Macro, MacroToCreate } from '@clew/contract/macros'

/** A macro as it stands in the form. */
export type MacroDraft = { name: string; en: string; el: string; tags: string; resolves: boolean }

export const emptyDraft: MacroDraft = { name: '', en: '', el: '', tags: '', resolves: false }

export const draftOf = ({ name, bodies, tags, resolves }: Macro): MacroDraft => ({
  name,
  en: bodies.en ?? '',
  el: bodies.el ?? '',
  tags: tags.join(', '),
  resolves,
})

export const isSame = (a: MacroDraft, b: MacroDraft): boolean =>
  (Object.keys(emptyDraft) as (keyof MacroDraft)[]).every((part) => a[part] === b[part])

/** As the server takes it. Two words of a tag are one. */
export const contentOf = ({ name, en, el, tags, resolves }: MacroDraft): MacroToCreate => ({
  name,
  bodies: { en, el },
  tags: tagsIn(tags),
  resolves,
})

const tagsIn = (text: string): string[] =>
  text
    .split(/[,;]/)
    .map((tag) => tag.trim().replaceAll(/\s+/g, '-'))
    .filter(Boolean)

export type DraftProblem =
  | { code: 'name' | 'body' | 'tags' }
  | { code: 'placeholder'; placeholder: string }
  | { code: 'tag'; tag: string }

/** What keeps a draft from being saved, the first in the order of the form. */
export function problemOf(draft: MacroDraft): DraftProblem | undefined {
  if (draft.name.trim() === '') return { code: 'name' }
  if (draft.en.trim() === '' && draft.el.trim() === '') return { code: 'body' }
  const placeholder = unknownPlaceholder(draft.en) ?? unknownPlaceholder(draft.el)
  if (placeholder !== undefined) return { code: 'placeholder', placeholder }
  const tags = tagsIn(draft.tags)
  const tag = tags.find((each) => !Tag.safeParse(each).success)
  if (tag !== undefined) return { code: 'tag', tag }
  return tags.length > maxMacroTags ? { code: 'tags' } : undefined
}
