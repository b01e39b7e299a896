import type { SafeHtml } from './safe-html.ts'

interface Props {
  html: SafeHtml
  class?: string
  lang?: string | undefined
}

/** Text that the sanitiser has passed. */
export function Html({ html, class: className, lang }: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the type says that it is sanitised
  return <div class={className} lang={lang} dangerouslySetInnerHTML={{ __html: withBreaks(html) }} />
}

/** Lets what stands in a cell as code break after an underscore: a phone has no room for ERR_CONNECTION_RESET. */
const withBreaks = (html: string): string =>
  html.replace(/<td>.*?<\/td>/gs, (cell) =>
    cell.replace(/<code>[^<]*<\/code>/g, (code) => code.replaceAll('_', '_<wbr>')),
  )
