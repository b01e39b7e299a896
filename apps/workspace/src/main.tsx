import '@clew/ui/tokens.css'
import '@clew/ui/fonts.css'
import './app/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { I18nProvider, switchLocale } from './app/i18n.tsx'
import { keepFocus } from './app/keep-focus.ts'
import { applyTheme, firstLocale, keptTheme } from './app/preferences.ts'
import { sessionQuery } from './app/queries.ts'
import { createQueryClient } from './app/query-client.ts'
import { createAppRouter } from './app/router.tsx'
import { onSessionOver, sessionOver } from './app/session-over.ts'
import { ProofGate } from './app/sign-in/proof-gate.tsx'

applyTheme(keptTheme())

const queryClient = createQueryClient(sessionOver)
const router = createAppRouter(queryClient)

onSessionOver(() => {
  const { pathname, href } = router.state.location
  if (pathname.startsWith('/sign-in')) return
  // Only then is it forgotten who was signed in: the screen that is left still says so, and would ask anew.
  void router
    .navigate({ to: '/sign-in', search: { next: href, expired: true } })
    .then(() => queryClient.removeQueries({ queryKey: sessionQuery.queryKey }))
})

const root = document.querySelector('#root')
if (root === null) throw new Error('index.html has no #root')

keepFocus()
await switchLocale(firstLocale())
createRoot(root).render(
  <QueryClientProvider client={queryClient}>
    <I18nProvider>
      <RouterProvider router={router} />
      <ProofGate />
    </I18nProvider>
  </QueryClientProvider>,
)
