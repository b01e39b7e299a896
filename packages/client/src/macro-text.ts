import type { Case } from '@clew/contract/cases'
import { isMacroPlaceholder, type MacroPlaceholder, macroPlaceholder } from '@clew/contract/macro-placeholders'
import type { Macro } from '@clew/contract/macros'
import type { Locale } from '@clew/contract/primitives'
import { fold } from '@clew/text/fold'

/** What a conversation knows of what a body asks for. */
export type MacroFacts = {
  readonly contactName?: string | undefined
  readonly agentName: string
  readonly conversationNumber: number
  readonly requestIds: readonly string[]
}

const mostIds = 3

/** The ids of requests that stand in a case. */
export function requestIdsOf(known: Pick<Case, 'facts'>): readonly string[] {
  const fact = known.facts.find(({ field }) => field === 'request_ids')
  return fact?.field === 'request_ids' ? fact.value.requestIds : []
}

/**
 * The body with what is known filled in. A contact whose first name is not known is greeted without one; anything else
 * that is not known stays as the placeholder, which `findGap` finds.
 */
export function fillMacro(body: string, facts: MacroFacts): string {
  const name = firstName(facts.contactName)
  const greeted = name === undefined ? withoutContactName(body) : body
  return greeted.replace(macroPlaceholder, (whole, written: string) =>
    isMacroPlaceholder(written) ? (valueOf(written, name, facts) ?? whole) : whole,
  )
}

function valueOf(
  placeholder: MacroPlaceholder,
  name: string | undefined,
  { agentName, conversationNumber, requestIds }: MacroFacts,
): string | undefined {
  switch (placeholder) {
    case 'contact.name':
      return name
    case 'agent.name':
      return agentName
    case 'conversation.number':
      return `C-${conversationNumber}`
    case 'case.request_id':
      // Which of many is meant only the agent knows.
      return requestIds.length === 0 || requestIds.length > mostIds ? undefined : requestIds.join(', ')
  }
}

/** Nothing where the first word is none: an address, or a family name that stands before the comma. */
function firstName(name: string | undefined): string | undefined {
  const [first = ''] = (name ?? '').trim().split(/\s+/)
  return first === '' || /[@,;{}]/.test(first) ? undefined : first
}

// At the beginning of a line there is no blank before it, so the one after it goes.
const withoutContactName = (body: string): string =>
  body.replace(/^\{\{[ \t]*contact\.name[ \t]*\}\}[ \t]*/gm, '').replace(/[ \t]*\{\{[ \t]*contact\.name[ \t]*\}\}/g, '')

export type MacroGap = { readonly placeholder: MacroPlaceholder; readonly start: number; readonly end: number }

/** The first placeholder that still stands in a text: whoever reads it would not know what it means. */
export function findGap(text: string): MacroGap | undefined {
  for (const { 0: whole, 1: name = '', index } of text.matchAll(macroPlaceholder))
    if (isMacroPlaceholder(name)) return { placeholder: name, start: index, end: index + whole.length }
  return undefined
}

/** The body in the language of the conversation, or in the other one where there is none. */
export function macroBody({ bodies }: Pick<Macro, 'bodies'>, locale: Locale): { locale: Locale; body: string } {
  const other = locale === 'en' ? 'el' : 'en'
  const body = bodies[locale]
  return body === undefined ? { locale: other, body: bodies[other] ?? '' } : { locale, body }
}

/** Those that have every word in the name, a body or a tag, whatever its accents and capitals; by name first. */
export function findMacros(macros: readonly Macro[], words: string): readonly Macro[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return macros
  const has = (text: string) => wanted.every((word) => text.includes(word))
  const named = macros.filter(({ name }) => has(fold(name)))
  const others = macros.filter(
    (macro) =>
      !named.includes(macro) && has(fold([macro.name, ...Object.values(macro.bodies), ...macro.tags].join(' '))),
  )
  return [...named, ...others]
}
