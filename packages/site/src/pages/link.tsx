import { renderPage } from '../document.tsx'
import { Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import { LinkField } from './link-field.tsx'

export interface LinkView {
  /** Where the form goes: the address of the page itself. */
  readonly action: string
  readonly isWrong: boolean
}

/** Where a link leads whose token stands behind the `#`: a script gives it over, or somebody pastes it. */
export function renderLinkPage({ action, isWrong }: LinkView, site: Site): string {
  const { t } = site
  const title = t(isWrong ? 'site.link_wrong_title' : 'site.link_title')
  return renderPage({
    site,
    head: { title, description: title, noIndex: true, scripts: ['link.js'] },
    children: (
      <main id="main">
        <Strip class="arthead" live>
          <h1>{title}</h1>
          {!isWrong && <p class="lede">{t('site.link_lede')}</p>}
        </Strip>
        <Strip class="case">
          <form class="field" method="post" action={action} data-link="go">
            <LinkField name="link" site={site} isWrong={isWrong} />
            <p class="btns">
              <button class="btn main" type="submit">
                {t('site.link_open')}
              </button>
            </p>
          </form>
        </Strip>
      </main>
    ),
  })
}
