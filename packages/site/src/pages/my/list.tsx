import { shortDay, timeOfDay, zoneName } from '../../dates.ts'
import { Knot, Strip } from '../../rail.tsx'
import type { Site } from '../../site.ts'
import type { MyCaseLine, MyListView, MyNext } from '../../views.my.ts'
import { Do, renderMyPage } from './frame.tsx'

export function renderMyListPage(view: MyListView, site: Site): string {
  const { t, paths, locale } = site
  return renderMyPage(site, {
    title: t('site.header_my_cases'),
    lede: view.address ? t('site.my_list_lede', { address: view.address }) : t('site.my_list_lede_host'),
    rail: t('site.my_count', { count: view.cases.length }),
    children: (
      <>
        {view.cases.length === 0 && (
          <Strip class="noticebody" knot={<Knot shape="ring" />}>
            <p>{t('site.my_list_empty')}</p>
            <p class="btns">
              <a class="btn main" href={paths.contact(locale)}>
                {t('site.open_case')}
              </a>
            </p>
          </Strip>
        )}
        {view.cases.length > 0 && (
          <ol class="results">
            {view.cases.map((line) => (
              <li key={line.number}>
                <Line line={line} site={site} />
              </li>
            ))}
          </ol>
        )}
        <Yours view={view} site={site} />
      </>
    ),
  })
}

function Line({ line, site }: { line: MyCaseLine; site: Site }) {
  const isOpen = line.status === 'open'
  return (
    <Strip
      class="found mine"
      live={isOpen}
      rail={
        <>
          <b>{caseReference(line)}</b> {shortDay(site, line.lastActivityAt)}
        </>
      }
      knot={isOpen ? <Knot shape="dot" tone="pine" /> : <Knot shape="tick" tone="ok" />}
    >
      <h2>
        <a href={site.paths.myCase(site.locale, line.number)}>{line.title}</a>
      </h2>
      <p class="from">{stateOf(line, site)}</p>
      {line.next && <p class="from">{nextOf(line.next, site)}</p>}
    </Strip>
  )
}

export const caseReference = ({ number }: Pick<MyCaseLine, 'number'>): string => `C-${number}`

/** State, who has it, and what was last: in words. */
export function stateOf(line: MyCaseLine, site: Site): string {
  const { t } = site
  const parts = [t(`site.my_status_${line.status}`)]
  if (line.status === 'open')
    parts.push(
      line.handling === 'agent' && line.ownerName !== undefined
        ? t('site.my_owner', { name: line.ownerName })
        : t(`site.my_with_${line.handling}`),
    )
  if (line.unread > 0) parts.push(t('site.my_unread', { count: line.unread }))
  parts.push(t('site.my_last', { when: momentOf(site, line.lastActivityAt) }))
  return parts.join(' · ')
}

/** What to expect, and when. */
export function nextOf(next: MyNext, { t }: Site): string {
  if (next.turn === 'contact') return t('site.my_next_contact')
  return [t('site.my_next_team'), next.hours].filter((part) => part !== undefined).join(' ')
}

export const momentOf = (site: Site, at: Date): string =>
  `${shortDay(site, at)}, ${timeOfDay(site, at)} ${zoneName(site, at)}`

/** What somebody can do with all of it: take it away, and leave. */
function Yours({ view, site }: { view: MyListView; site: Site }) {
  const { t, paths, locale } = site
  const to = (place: Parameters<typeof paths.myDoor>[1]) => paths.myDoor(locale, place)
  return (
    <Strip as="section" class="noticebody" labelledBy="yours" knot={<Knot shape="ring" />}>
      <h2 id="yours">{t('site.my_yours')}</h2>
      <p class="muted">{t('site.my_yours_text')}</p>
      <p class="muted">{t('site.my_export_text')}</p>
      <div class="btns">
        <Do action={to('sign-out')} token={view.csrfToken} label={t('site.my_sign_out')} />
        <Do action={to('sign-out-everywhere')} token={view.csrfToken} label={t('site.my_sign_out_all')} plain />
        <Do action={to('export')} token={view.csrfToken} label={t('site.my_export')} plain />
        <a class="btn plain" href={to('delete')}>
          {t('site.my_delete')}
        </a>
      </div>
    </Strip>
  )
}
