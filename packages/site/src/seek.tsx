import { lens } from '@clew/ui/marks'
import type { Site } from './site.ts'

/** The search field. A plain form: it works without any script. */
export function Seek({ site, query = '', small = false }: { site: Site; query?: string; small?: boolean }) {
  const { t, paths, locale } = site
  return (
    <form class={small ? 'seek small' : 'seek'} role="search" action={paths.search(locale)} method="get">
      <label class="visually-hidden" for="q">
        {t('site.search_label')}
      </label>
      <input
        id="q"
        name="q"
        type="search"
        value={query}
        maxLength={500}
        placeholder={t('site.search_placeholder')}
        autocomplete="off"
        enterkeyhint="search"
      />
      <button class="btn main" type="submit">
        <svg class="lens" viewBox={lens.viewBox} aria-hidden="true">
          <path d={lens.path} />
        </svg>
        <span>{t('site.search_button')}</span>
      </button>
    </form>
  )
}
