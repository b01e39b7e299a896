export type Section = { heading?: string; text: string }

/** Cuts a Markdown text at its `##` headings: the unit in which an article answers one question. */
export function splitSections(markdown: string): Section[] {
  const body = markdown.replace(/^---\n[\s\S]*?\n---\n/, '')
  return body.split(/^(?=## )/m).flatMap((part): Section[] => {
    const [, heading, text = part] = /^## +([^\n]*)\n([\s\S]*)$/.exec(part) ?? []
    if (!text.trim() && !heading) return []
    return heading === undefined ? [{ text: text.trim() }] : [{ heading: heading.trim(), text: text.trim() }]
  })
}
