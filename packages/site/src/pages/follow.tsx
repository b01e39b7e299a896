import { slot } from '@clew/i18n'
import { renderPage } from '../document.tsx'
import { Sentence } from '../layout.tsx'
import { Knot, Strip } from '../rail.tsx'
import type { Site } from '../site.ts'
import type { FollowView } from '../views.ts'
import { FollowFields } from './follow-form.tsx'
import { Said } from './incident-story.tsx'

/**
 * The pages behind the mails about an incident. What is asked is done by a button and never by opening the page:
 * programs that look at mails open every link.
 */
export function renderFollowPage(view: FollowView, site: Site): string {
  const { t, paths, locale } = site
  const { step } = view
  const title = step === 'again' ? t('site.follow') : t(`site.follow_${step}_title`)
  const isQuestion = step === 'ask' || step === 'leave'
  return renderPage({
    site,
    head: { title, description: title, noIndex: true },
    children: (
      <main id="main">
        <Strip
          class="arthead"
          live
          knot={<Knot {...(isQuestion || step === 'again' ? { shape: 'ring' } : { shape: 'tick', tone: 'ok' })} />}
        >
          <h1>{title}</h1>
          {view.step !== 'again' && (
            <p class="lede">
              <Text view={view} site={site} />
            </p>
          )}
        </Strip>
        <Strip class="case">
          {view.step === 'again' && (
            <div class="follow">
              <FollowFields asked={view.asked} site={site} />
            </div>
          )}
          {isQuestion && (
            <form method="post">
              <p class="btns">
                <button class="btn main" type="submit">
                  {t(`site.follow_${step}_button`)}
                </button>
              </p>
            </form>
          )}
          <p>
            <a href={paths.status(locale)}>{t('site.follow_to_status')}</a>
          </p>
        </Strip>
      </main>
    ),
  })
}

function Text({ view, site }: { view: Exclude<FollowView, { step: 'again' }>; site: Site }) {
  const { t } = site
  if (view.step === 'sent') return t('site.follow_sent_text')
  const title = (
    <b>
      <Said lang={view.incident.lang} site={site}>
        {view.incident.title}
      </Said>
    </b>
  )
  return (
    <>
      <Sentence text={t(`site.follow_${view.step}_text`, { title: slot('title') })} parts={{ title }} />
      {view.isOver && view.step !== 'left' && <> {t('site.follow_is_over')}</>}
    </>
  )
}
