import type { SafeHtml } from './safe-html.ts'

interface Props {
  html: SafeHtml
  class?: string
  lang?: string | undefined
}

/** Text that the sanitiser has passed. */
export function Html({ html, class: className, lang }: Props) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the type says that it is sanitised
  return <div class={className} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
}
