import { createT, isLocale, type Locale } from '@clew/i18n'
import { withBubble } from './bubble.ts'
import { drawApp } from './har/app.tsx'
import { guideReader } from './har/guide.ts'
import { keepForOffline } from './har/offline.ts'
import { operatorOf } from './har/operator.ts'
import type { Page } from './har/page.ts'
import { countRequests } from './har/requests.ts'
import { Session } from './har/session.ts'
import { watched } from './har/watched.ts'
import { startWorker } from './start-worker.ts'

const words = {
  en: () => import('@clew/i18n/generated/har-page.en'),
  el: () => import('@clew/i18n/generated/har-page.el'),
}

async function enhanceHarPage(root: HTMLElement): Promise<void> {
  const { worker = '', contact = '', articles = '', offline: keeper } = root.dataset
  const locale: Locale = isLocale(root.dataset['locale']) ? root.dataset['locale'] : 'en'
  const { catalogue } = await words[locale]()
  const session = new Session(() => startWorker(worker), operatorOf(root.dataset['operator']))
  const attach = watched<((file: File) => void) | undefined>(undefined)
  const page: Page = {
    t: createT(locale, catalogue),
    session,
    contact,
    articles,
    attach,
    offline: keepForOffline({ keeper, worker }),
    requests: countRequests(session),
  }
  drawApp(root, page)
  withBubble((bubble) => attach.set((file) => void bubble('attachFile', file)))
}

guideReader(document)
for (const root of document.querySelectorAll<HTMLElement>('[data-har]')) void enhanceHarPage(root)
