import { createT, isLocale, languageTag, type T } from '@clew/i18n'
import { catalogue as el_ } from '@clew/i18n/generated/site-live.el'
import { catalogue as en_ } from '@clew/i18n/generated/site-live.en'
import { withBubble } from './bubble.ts'
import { el, strip } from './dom.ts'
import { enterByIdentity } from './identity.ts'
import { type OwnConversation, readOwnConversations } from './own-conversations.ts'

/** Where the bubble keeps the key to this browser's conversations. */
const tokenKey = 'clew:token'

interface Place {
  readonly root: HTMLElement
  readonly t: T<'site-live'>
  readonly address: string
}

/** What was said in this browser needs no link: it holds the key. Where there is none, nothing is shown. */
async function showCases(place: Place): Promise<void> {
  const { root, t } = place
  const token = storedToken()
  if (token === undefined) return root.replaceChildren()
  const isAgain = root.querySelector('ol') !== null
  if (!isAgain)
    root.replaceChildren(strip({ class: 'noticebody' }, el('p', { class: 'muted' }, t('site-live.my_loading'))))
  try {
    const answer = await fetch(place.address, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    })
    if (answer.status === 401 || answer.status === 404) return root.replaceChildren()
    if (!answer.ok) throw new Error(`conversations: ${answer.status}`)
    const conversations = readOwnConversations(await answer.json())
    if (conversations.length === 0) return root.replaceChildren()
    root.replaceChildren(head(t), list(conversations, place))
    withBubble((bubble) => root.append(chatButton(() => bubble('show'), t)))
  } catch {
    if (!isAgain) root.replaceChildren(failed(place))
  }
}

const head = (t: T<'site-live'>): HTMLElement =>
  strip(
    { class: 'noticebody', knot: ['ring'] },
    el('h2', {}, t('site-live.my_here')),
    el('p', { class: 'muted' }, t('site-live.my_here_text')),
  )

function list(conversations: readonly OwnConversation[], { t }: Place): HTMLElement {
  const items = conversations.map((conversation) => {
    const open = conversation.status === 'open'
    const when = new Intl.DateTimeFormat(languageTag(t.locale), { day: 'numeric', month: 'short' })
    const item = strip(
      {
        class: 'found mine',
        live: open,
        rail: [el('b', {}, `C-${conversation.number}`), ` ${when.format(new Date(conversation.lastMessageAt))}`],
        knot: open ? ['dot', 'pine'] : ['tick', 'ok'],
      },
      el('h2', {}, conversation.subject),
      el('p', { class: 'preview' }, conversation.lastMessagePreview),
      el('p', { class: 'from' }, stateOf(conversation, t)),
    )
    return el('li', {}, item)
  })
  return el('ol', { class: 'results' }, ...items)
}

function stateOf({ status, handling, unread }: OwnConversation, t: T<'site-live'>): string {
  const parts = [t(`site-live.my_status_${status}`)]
  if (status === 'open') parts.push(t(`site-live.my_with_${handling}`))
  if (unread > 0) parts.push(t('site-live.my_unread', { count: unread }))
  return parts.join(' · ')
}

function chatButton(open: () => void, t: T<'site-live'>): HTMLElement {
  const button = el('button', { class: 'btn main', type: 'button' }, t('site-live.my_open_chat'))
  button.addEventListener('click', open)
  return strip({ class: 'noticebody' }, el('p', { class: 'btns' }, button))
}

function failed(place: Place): HTMLElement {
  const again = el('button', { class: 'btn', type: 'button' }, place.t('site-live.my_try_again'))
  again.addEventListener('click', () => void showCases(place))
  const text = el('p', {}, place.t('site-live.my_failed'))
  return strip({ class: 'noticebody', knot: ['partial', 'partial'] }, text, el('p', { class: 'btns' }, again))
}

function storedToken(): string | undefined {
  try {
    return localStorage.getItem(tokenKey) ?? undefined
  } catch {
    return undefined
  }
}

const root = document.querySelector<HTMLElement>('[data-my-cases]')
if (root !== null && !enterByIdentity(root.dataset)) {
  const { locale, myCases = '' } = root.dataset
  const t = createT(isLocale(locale) ? locale : 'en', locale === 'el' ? el_ : en_)
  const place = { root, t, address: myCases }
  void showCases(place)
  // Whoever comes back to the page sees what there is now, and nothing that was deleted meanwhile.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void showCases(place))
}
