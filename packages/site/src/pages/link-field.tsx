import { Shape } from '../rail.tsx'
import type { Site } from '../site.ts'

/** Where the token of a link goes: by a script, which hides the field; by hand where there is none. */
export function LinkField({ name, site, isWrong = false }: { name: string; site: Site; isWrong?: boolean }) {
  const { t } = site
  return (
    <div data-by-hand>
      <label for="link">{t('site.link_field')}</label>
      <p class="why" id="link-why">
        {t('site.link_why')}
      </p>
      <input
        id="link"
        name={name}
        type="text"
        required
        autocomplete="off"
        spellcheck={false}
        maxLength={2000}
        data-link-field
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={isWrong ? 'link-why link-error' : 'link-why'}
      />
      {isWrong && (
        <p class="error major" id="link-error" role="alert">
          <Shape name="major" />
          {t('site.link_wrong')}
        </p>
      )}
    </div>
  )
}
