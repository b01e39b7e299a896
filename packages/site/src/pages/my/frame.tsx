import type { ComponentChildren } from 'preact'
import { inEveryLocale, renderPage } from '../../document.tsx'
import { Shape, Strip } from '../../rail.tsx'
import type { AssetName, Site } from '../../site.ts'

interface Frame {
  title: string
  lede?: string | undefined
  rail?: ComponentChildren
  /** A page of one's own holds no bubble: it would show what belongs to this browser, not to the person. */
  bubble?: boolean
  scripts?: readonly AssetName[]
  translations?: Readonly<Record<string, string>>
  children: ComponentChildren
}

/** What all pages of "my cases" share: nobody else finds them, and nothing of them is kept. */
export function renderMyPage(site: Site, { title, lede, rail, bubble = false, children, ...rest }: Frame): string {
  return renderPage({
    site,
    here: 'my-cases',
    bubble,
    head: {
      title,
      description: lede ?? title,
      translations: rest.translations ?? inEveryLocale(site.paths.myCases),
      noIndex: true,
      ...(rest.scripts ? { scripts: rest.scripts } : {}),
    },
    children: (
      <main id="main">
        <Strip class="arthead" live rail={rail}>
          <h1>{title}</h1>
          {lede && <p class="lede">{lede}</p>}
        </Strip>
        {children}
      </main>
    ),
  })
}

/** Something that has to be read first. */
export function Alert({ tone, text, id }: { tone: 'major' | 'ok' | 'partial'; text: string; id?: string }) {
  return (
    <Strip class="case" live>
      <div class={`alert ${tone}`} role={tone === 'ok' ? 'status' : 'alert'} tabIndex={-1} data-focus id={id}>
        <Shape name={tone === 'ok' ? 'tick' : tone} />
        <div>
          <strong>{text}</strong>
        </div>
      </div>
    </Strip>
  )
}

export const Csrf = ({ token }: { token: string }) => <input type="hidden" name="csrf" value={token} />

/** One button that does one thing, without any script. */
export function Do({ action, token, label, plain }: { action: string; token: string; label: string; plain?: boolean }) {
  return (
    <form class="inline" method="post" action={action}>
      <Csrf token={token} />
      <button class={plain ? 'btn plain' : 'btn'} type="submit">
        {label}
      </button>
    </form>
  )
}
