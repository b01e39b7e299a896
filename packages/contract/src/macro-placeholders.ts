// Apart from the schemas, so that a client that only fills in needs none of them.

export const maxMacros = 500
export const maxMacroName = 80
export const maxMacroBody = 10_000
export const maxMacroTags = 10

/** What stands in a body for something that only the conversation knows; the workspace fills it in. */
export const macroPlaceholders = ['contact.name', 'agent.name', 'conversation.number', 'case.request_id'] as const
export type MacroPlaceholder = (typeof macroPlaceholders)[number]

export const isMacroPlaceholder = (name: string): name is MacroPlaceholder =>
  (macroPlaceholders as readonly string[]).includes(name)

/** `{{contact.name}}`, with or without blanks inside. Between the first and the last two braces is the name. */
export const macroPlaceholder = /\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}/g

/** The first thing in a body that begins like a placeholder and is none, as it was written. */
export function unknownPlaceholder(body: string): string | undefined {
  const rest = body.replace(macroPlaceholder, (whole, name: string) => (isMacroPlaceholder(name) ? '' : whole))
  return /\{\{[^{}\n]{0,40}\}{0,2}/.exec(rest)?.[0].trim()
}
