import { Knot, Shape, Strip } from '../../rail.tsx'
import type { Site } from '../../site.ts'
import type { MyErasureView } from '../../views.my.ts'
import { Csrf, renderMyPage } from './frame.tsx'

/** What goes, what stays, and a word to type, so that nobody does it by mistake. */
export function renderMyErasurePage(view: MyErasureView, site: Site): string {
  const { t, paths } = site
  return renderMyPage(site, {
    title: t('site.my_delete'),
    lede: t('site.my_delete_lede'),
    translations: { en: paths.myDoor('en', 'delete'), el: paths.myDoor('el', 'delete') },
    children: (
      <>
        <Strip as="section" class="noticebody" labelledBy="goes" live knot={<Knot shape="dot" tone="pine" />}>
          <h2 id="goes">{t('site.my_delete_goes')}</h2>
          <ul class="files">
            <li>{t('site.my_delete_conversations', { count: view.conversations, messages: view.messages })}</li>
            <li>{t('site.my_delete_files', { count: view.files, captures: view.captures })}</li>
            <li>{t('site.my_delete_person')}</li>
          </ul>
        </Strip>
        <Strip as="section" class="noticebody" labelledBy="stays" knot={<Knot shape="ring" />}>
          <h2 id="stays">{t('site.my_delete_stays')}</h2>
          <ul class="files">
            <li>{t('site.my_delete_record')}</li>
            <li>{t('site.my_delete_archives')}</li>
            <li>{t('site.my_delete_membership')}</li>
            <li>{t('site.my_delete_kept')}</li>
            <li>{t('site.my_delete_mails')}</li>
            <li>{t('site.my_delete_backups')}</li>
          </ul>
        </Strip>
        <Confirm view={view} site={site} />
      </>
    ),
  })
}

function Confirm({ view, site }: { view: MyErasureView; site: Site }) {
  const { t, paths, locale } = site
  const word = t('site.my_delete_word')
  return (
    <Strip
      class="case"
      knot={<Knot shape={view.error ? 'major' : 'ring'} {...(view.error ? { tone: 'major' } : {})} />}
    >
      <form class="field" method="post" action={paths.myDoor(locale, 'delete')}>
        <Csrf token={view.csrfToken} />
        <label for="confirm">{t('site.my_delete_confirm', { word })}</label>
        <p class="why" id="confirm-why">
          {t('site.my_delete_final')}
        </p>
        <input
          id="confirm"
          name="confirm"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          required
          aria-invalid={view.error === 'not_confirmed' ? 'true' : undefined}
          aria-describedby={view.error ? 'confirm-why confirm-error' : 'confirm-why'}
        />
        {view.error && (
          <p class="error major" id="confirm-error" role="alert">
            <Shape name="major" />
            {view.error === 'not_confirmed' ? t('site.my_delete_wrong', { word }) : t(`site.my_error_${view.error}`)}
          </p>
        )}
        <p class="btns">
          <button class="btn danger" type="submit">
            {t('site.my_delete_button')}
          </button>
          <a class="btn plain" href={paths.myCases(locale)}>
            {t('site.my_all')}
          </a>
        </p>
      </form>
    </Strip>
  )
}
