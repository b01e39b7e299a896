import type { ComponentChildren } from 'preact'
import { Strip } from '../rail.tsx'
import type { Site } from '../site.ts'

/** The way to a person at the end of a page: what it is for, and the button. */
export function Hand({ title, text, site }: { title: string; text: ComponentChildren; site: Site }) {
  const { t, paths, locale } = site
  return (
    <Strip as="section" labelledBy="hand">
      <div class="hand">
        <div>
          <h2 id="hand" class="h3">
            {title}
          </h2>
          <p class="muted">{text}</p>
        </div>
        <div class="btns">
          <a class="btn main" href={paths.contact(locale)}>
            {t('site.open_case')}
          </a>
        </div>
      </div>
    </Strip>
  )
}
