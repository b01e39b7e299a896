import { ClewError } from '@clew/client/http'
import type { InboxView } from '@clew/contract/conversations'
import type { AgentSession } from '@clew/contract/sessions'
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { pagesFor } from './office/pages.ts'
import { conversationQuery, sessionQuery } from './queries.ts'
import { Failed } from './routes/failed.tsx'
import { NotFound } from './routes/not-found.tsx'
import { isAgentSession } from './session.ts'
import { Shell } from './shell.tsx'

export type InboxSearch = {
  view?: InboxView | undefined
  tag?: string | undefined
  pane?: 'facts' | undefined
  entry?: number | undefined
}

const views: readonly InboxView[] = ['mine', 'unassigned', 'open', 'with_assistant', 'snoozed', 'resolved']
const asView = (value: unknown): InboxView | undefined => views.find((view) => view === value)

// A number in the address is read as one.
const tagIn = ({ tag }: Record<string, unknown>): { tag?: string } =>
  typeof tag === 'string' || typeof tag === 'number' ? { tag: String(tag).slice(0, 40) } : {}

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  errorComponent: Failed,
})

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string; expired?: true } => ({
    ...(typeof search['next'] === 'string' && isOwnPath(search['next']) ? { next: search['next'] } : {}),
    ...(search['expired'] === true ? { expired: true } : {}),
  }),
  component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), 'SignInRoute'),
})

// `//other.example` and `/\other.example` would lead to another site.
const isOwnPath = (path: string): boolean => /^\/(?![/\\])/.test(path)

const entrancePage = <P extends `sign-in/${string}`>(
  path: P,
  name: 'ForgottenRoute' | 'LinkRoute' | 'NewPasswordRoute',
) =>
  createRoute({
    getParentRoute: () => rootRoute,
    path,
    component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), name),
  })

const forgottenRoute = entrancePage('sign-in/forgotten', 'ForgottenRoute')
const linkRoute = entrancePage('sign-in/link', 'LinkRoute')
const newPasswordRoute = entrancePage('sign-in/new-password', 'NewPasswordRoute')

const setUpFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'sign-in/second-factor',
  component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), 'SetUpFactorRoute'),
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery).catch(() => undefined)
    if (session?.needs === undefined) throw redirect({ to: session === undefined ? '/sign-in' : '/' })
  },
})

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'setup',
  component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), 'SetUpRoute'),
})

const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'join',
  component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), 'JoinRoute'),
})

const joinRequestRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: 'join-request',
  validateSearch: (search: Record<string, unknown>): { organisation?: string } =>
    typeof search['organisation'] === 'string' ? { organisation: search['organisation'].slice(0, 63) } : {},
  component: lazyRouteComponent(() => import('./routes/entrance-routes.tsx'), 'JoinRequestRoute'),
})

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      const session = await context.queryClient.ensureQueryData(sessionQuery)
      if (session.needs === 'second_factor') throw redirect({ to: '/sign-in/second-factor' })
    } catch (error) {
      if (!(error instanceof ClewError) || error.status !== 401) throw error
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href } })
    }
  },
})

const inboxRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'inbox',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!isAgentSession(session)) throw redirect({ to: homeOf(session) })
  },
  component: lazyRouteComponent(() => import('./routes/inbox-screen.tsx'), 'InboxScreen'),
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const view = asView(search['view'])
    return {
      ...(view === undefined || view === 'open' ? {} : { view }),
      ...tagIn(search),
      ...(search['pane'] === 'facts' ? { pane: 'facts' } : {}),
    }
  },
})

// Who does not answer people has no inbox.
const homeOf = (session: AgentSession) => pagesFor(session)[0]?.to ?? '/console/members'

const queueRoute = createRoute({ getParentRoute: () => inboxRoute, path: '/' })

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: 'c/$conversationId',
  loader: ({ context, params }) => {
    // The screen shows its own loading and failed states, and keeps the queue while it does.
    void context.queryClient.prefetchQuery(conversationQuery(params.conversationId))
  },
})

const captureRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'c/$conversationId/har/$captureId',
  component: lazyRouteComponent(() => import('./routes/capture-route.tsx'), 'CaptureRoute'),
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const view = asView(search['view'])
    const entry = Number(search['entry'])
    return {
      ...(view === undefined ? {} : { view }),
      ...tagIn(search),
      ...(search['entry'] !== undefined && Number.isInteger(entry) ? { entry } : {}),
    }
  },
})

const officeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'office',
  component: lazyRouteComponent(() => import('./office/office-frame.tsx'), 'OfficeFrame'),
})

/** A page of the console: its feature's screen, fetched when it is opened. */
const consolePage = <P extends `console/${string}`>(path: P, load: () => Promise<{ Screen: () => ReactNode }>) =>
  createRoute({ getParentRoute: () => officeRoute, path, component: lazyRouteComponent(load, 'Screen') })

const consoleRoutes = [
  consolePage('console/own-sign-in', () => import('../features/own-sign-in/screen.tsx')),
  consolePage('console/api-keys', () => import('../features/api-keys/screen.tsx')),
  consolePage('console/members', () => import('../features/members/screen.tsx')),
  consolePage('console/groups', () => import('../features/members/groups-screen.tsx')),
  consolePage('console/roles', () => import('../features/members/roles-screen.tsx')),
  consolePage('console/profile', () => import('../features/members/profile-screen.tsx')),
  consolePage('console/organisations', () => import('../features/members/organisations-screen.tsx')),
  consolePage('console/cases', () => import('../features/organisation-cases/screen.tsx')),
  consolePage('console/audit', () => import('../features/audit/screen.tsx')),
  consolePage('console/audit/streams', () => import('../features/audit/streams-screen.tsx')),
  consolePage('console/domains', () => import('../features/domains/screen.tsx')),
  consolePage('console/provisioning', () => import('../features/provisioning/screen.tsx')),
  consolePage('console/rules', () => import('../features/security-policies/screen.tsx')),
  consolePage('console/retention', () => import('../features/retention/screen.tsx')),
  consolePage('console/exports', () => import('../features/exports/screen.tsx')),
  consolePage('console/usage', () => import('../features/usage/screen.tsx')),
] as const

// Whom one asks about, so that a page can lead to where it is answered with the question.
const asksAbout = (search: Record<string, unknown>): { about?: string | undefined } =>
  typeof search['about'] === 'string' ? { about: search['about'].slice(0, 320) } : {}

const ssoRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'console/sso',
  component: lazyRouteComponent(() => import('../features/single-sign-on/screen.tsx'), 'Screen'),
  validateSearch: (search: Record<string, unknown>): { about?: string | undefined; attempt?: string } => ({
    ...asksAbout(search),
    // Whoever comes back from a test is shown how it went.
    ...(typeof search['attempt'] === 'string' ? { attempt: search['attempt'] } : {}),
  }),
})

const organisationRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'console/organisations/$organisationId',
  component: lazyRouteComponent(() => import('./routes/organisation-screen.tsx'), 'Screen'),
  validateSearch: asksAbout,
})

const brandRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/brand',
  component: lazyRouteComponent(() => import('./routes/settings-routes.tsx'), 'BrandScreen'),
})

const hoursRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/hours',
  component: lazyRouteComponent(() => import('./routes/settings-routes.tsx'), 'HoursScreen'),
})

const languagesRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/languages',
  component: lazyRouteComponent(() => import('./routes/settings-routes.tsx'), 'LanguagesScreen'),
})

const bubbleRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/bubble',
  component: lazyRouteComponent(() => import('./routes/settings-routes.tsx'), 'BubbleScreen'),
})

const modelRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/model',
  component: lazyRouteComponent(() => import('./routes/settings-routes.tsx'), 'ModelScreen'),
})

const identityRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/identity',
  component: lazyRouteComponent(() => import('./routes/identity-route.tsx'), 'IdentityRoute'),
})

const connectorRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/connector',
  component: lazyRouteComponent(() => import('./routes/connector-route.tsx'), 'ConnectorRoute'),
})

const macrosRoute = createRoute({
  getParentRoute: () => officeRoute,
  path: 'settings/macros',
  component: lazyRouteComponent(() => import('./routes/macros-route.tsx'), 'MacrosScreen'),
  validateSearch: (search: Record<string, unknown>): { macro?: string } =>
    typeof search['macro'] === 'string' ? { macro: search['macro'].slice(0, 36) } : {},
})

const statusRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'status',
  component: lazyRouteComponent(() => import('./routes/status-route.tsx'), 'StatusRoute'),
})

const flowsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'flows',
  component: lazyRouteComponent(() => import('./routes/flows-routes.tsx'), 'FlowsScreen'),
})

const flowRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: 'flows/$flowId',
  component: lazyRouteComponent(() => import('./routes/flows-routes.tsx'), 'FlowRoute'),
})

const assistantRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'assistant',
  component: lazyRouteComponent(() => import('./routes/assistant-routes.tsx'), 'AssistantFrame'),
})

const gapsRoute = createRoute({
  getParentRoute: () => assistantRoute,
  path: 'assistant/gaps',
  component: lazyRouteComponent(() => import('./routes/assistant-routes.tsx'), 'GapsScreen'),
})

const resolutionRoute = createRoute({
  getParentRoute: () => assistantRoute,
  path: 'assistant/resolution',
  component: lazyRouteComponent(() => import('./routes/assistant-routes.tsx'), 'ResolutionScreen'),
})

const wrongAnswersRoute = createRoute({
  getParentRoute: () => assistantRoute,
  path: 'assistant/wrong-answers',
  component: lazyRouteComponent(() => import('./routes/assistant-routes.tsx'), 'WrongAnswersScreen'),
})

const playgroundRoute = createRoute({
  getParentRoute: () => assistantRoute,
  path: 'assistant/playground',
  component: lazyRouteComponent(() => import('./routes/assistant-routes.tsx'), 'PlaygroundScreen'),
})

// An address that leads nowhere is a page as well, with the way on around it.
const unknownRoute = createRoute({ getParentRoute: () => signedInRoute, path: '$', component: NotFound })

const routeTree = rootRoute.addChildren([
  signInRoute,
  forgottenRoute,
  linkRoute,
  newPasswordRoute,
  setUpFactorRoute,
  setUpRoute,
  joinRoute,
  joinRequestRoute,
  signedInRoute.addChildren([
    inboxRoute.addChildren([queueRoute, conversationRoute]),
    captureRoute,
    officeRoute.addChildren([
      ...consoleRoutes,
      ssoRoute,
      organisationRoute,
      identityRoute,
      brandRoute,
      hoursRoute,
      languagesRoute,
      bubbleRoute,
      modelRoute,
      macrosRoute,
      connectorRoute,
    ]),
    statusRoute,
    flowsRoute,
    flowRoute,
    assistantRoute.addChildren([gapsRoute, resolutionRoute, wrongAnswersRoute, playgroundRoute]),
    unknownRoute,
  ]),
])

export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    basepath: '/app',
    context: { queryClient },
    defaultPreload: false,
    scrollRestoration: false,
  })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
