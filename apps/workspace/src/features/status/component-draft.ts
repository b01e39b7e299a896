import type { LocalText, SaveComponent, StatusComponent } from '@clew/contract/status'
import { listOf } from './status-model.ts'

/** A component as the form holds it: everything is text. */
export type ComponentDraft = {
  slug: string
  names: LocalText
  descriptions: LocalText
  isGroup: boolean
  groupId: string
  position: string
  keywords: string
  hosts: string
}

const step = 10

/** What the form begins with: the component as it is, or an empty one after all others. */
export function draftOf(component: StatusComponent | undefined, all: readonly StatusComponent[]): ComponentDraft {
  if (component === undefined)
    return {
      slug: '',
      names: { en: '', el: '' },
      descriptions: { en: '', el: '' },
      isGroup: false,
      groupId: '',
      position: String(Math.max(0, ...all.map(({ position }) => position)) + step),
      keywords: '',
      hosts: '',
    }
  const { slug, names, descriptions, isGroup, groupId = '', position, keywords, hosts } = component
  return {
    slug,
    names,
    descriptions,
    isGroup,
    groupId,
    position: String(position),
    keywords: keywords.join(', '),
    hosts: hosts.join(', '),
  }
}

export function inputOf(draft: ComponentDraft, all: readonly StatusComponent[]): SaveComponent {
  const groupId = all.find(({ id }) => id === draft.groupId)?.id
  return {
    slug: draft.slug,
    names: draft.names,
    descriptions: draft.descriptions,
    isGroup: draft.isGroup,
    position: Math.max(0, Math.round(Number(draft.position) || 0)),
    keywords: listOf(draft.keywords),
    hosts: listOf(draft.hosts),
    ...(groupId === undefined ? {} : { groupId }),
  }
}
