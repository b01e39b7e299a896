import type { SafeHtml } from './safe-html.ts'

interface Props {
  html: SafeHtml
  /** What a table is called for who cannot see that it scrolls by itself. */
  tableName: string
  class?: string
  lang?: string | undefined
}

/** Text that the sanitiser has passed. */
export function Html({ html, tableName, class: className, lang }: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the type says that it is sanitised
  return (
    <div class={className} lang={lang} dangerouslySetInnerHTML={{ __html: scrolling(withBreaks(html), tableName) }} />
  )
}

/** Where a phone has no room for the longest words of a table, it scrolls by itself; a finger does it, or the arrow keys. */
const scrolling = (html: string, name: string): string =>
  html
    .replaceAll('<table>', `<div class="sideways" role="group" aria-label="${name}" tabindex="0"><table>`)
    .replaceAll('</table>', '</table></div>')

/** Lets what stands in a cell as code break where its parts meet: a phone has no room for ERR_CONNECTION_RESET. */
const withBreaks = (html: string): string =>
  html.replace(/<td>.*?<\/td>/gs, (cell) =>
    cell.replace(/<code>[^<]*<\/code>/g, (code) => code.replace(/(?<=\w)[_-](?=\w)/g, '$&<wbr>')),
  )
