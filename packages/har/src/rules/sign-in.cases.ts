import { entry, page } from '../test-support.ts'
import { APP, after, failed, IDP, type RuleCase, redirects, times } from './testing.ts'

const bigCookie = { cookie: `sid=${'x'.repeat(9_000)}` }
const SET = { 'set-cookie': 'session_id=9aF3kL0pQx7ZbT2mVw8R; Path=/; Secure; HttpOnly' }
const rally = Array.from({ length: 4 }, (_, at) => [
  `${APP}/app?n=${at}`,
  `${IDP}/authorize?client_id=x&n=${at}`,
]).flat()

/** What keeps people from being signed in. */
export const SIGN_IN_CASES: readonly RuleCase[] = [
  {
    rule: 'auth-401',
    shows: [entry({ status: 401 })],
    nearMisses: {
      accepted: [entry({ status: 200 })],
      'a token that was renewed at once': [entry({ status: 401 }), entry({ status: 200 })],
    },
  },
  { rule: 'forbidden-403', shows: [entry({ status: 403 })], nearMisses: { allowed: [entry({ status: 200 })] } },
  {
    rule: 'header-too-big',
    shows: [entry({ status: 431 }), entry({ status: 400, requestHeaders: bigCookie })],
    nearMisses: { 'a small cookie': [entry({ status: 400, requestHeaders: { cookie: 'a=b' } })] },
  },
  {
    rule: 'redirect-loop',
    shows: redirects(Array.from({ length: 9 }, (_, at) => `${APP}${at % 2 === 0 ? '/en/start' : '/home'}`)),
    one: [failed('ERR_TOO_MANY_REDIRECTS', { type: 'document' })],
    nearMisses: { 'one redirect': redirects([`${APP}/a`, `${APP}/b`]) },
  },
  {
    rule: 'sso-error',
    shows: [
      entry({
        status: 302,
        redirectURL: `${APP}/sso/callback?error=access_denied&error_description=No+accounts+found`,
      }),
    ],
    nearMisses: {
      'a code instead of an error': [entry({ status: 302, redirectURL: `${APP}/sso/callback?code=x` })],
      'a silent question whether one is signed in': [
        entry({ status: 302, redirectURL: `${APP}/sso/callback?error=login_required` }),
      ],
    },
  },
  {
    rule: 'sso-pingpong',
    shows: redirects(rally),
    one: 'never',
    nearMisses: {
      'there and back once': redirects(rally.slice(0, 3)),
      'renewals that nobody sees': redirects(rally.map((url) => url.replace('?', '?prompt=none&'))),
      'several sign-ins with pauses': redirects(rally).map((value, at) => ({
        ...(value as object),
        startedDateTime: after(at * 200),
      })),
    },
  },
  {
    rule: 'cookie-dropped',
    shows: [
      page({ url: `${APP}/en/`, responseHeaders: SET, requestHeaders: { cookie: 'lang=el' } }),
      ...times(2, (at) =>
        page({ url: `${APP}/en/home`, requestHeaders: { cookie: 'lang=el' }, startedDateTime: after(10 + at) }),
      ),
    ],
    one: [page({ responseHeaders: { 'set-cookie': 'sid=x1; SameSite=None' }, requestHeaders: { cookie: 'lang=el' } })],
    nearMisses: {
      'one that came back': [
        page({ url: `${APP}/en/`, responseHeaders: SET, requestHeaders: { cookie: 'lang=el' } }),
        ...times(2, (at) =>
          page({
            url: `${APP}/en/home`,
            requestHeaders: { cookie: 'session_id=9aF3' },
            startedDateTime: after(10 + at),
          }),
        ),
      ],
      'one that was taken away on purpose': [
        page({ responseHeaders: { 'set-cookie': 'session_id=; Max-Age=0' }, requestHeaders: { cookie: 'lang=el' } }),
        ...times(2, (at) => page({ requestHeaders: { cookie: 'lang=el' }, startedDateTime: after(10 + at) })),
      ],
      'one for another path': [
        page({ responseHeaders: { 'set-cookie': 'session_id=x; Path=/admin' }, requestHeaders: { cookie: 'lang=el' } }),
        ...times(2, (at) => page({ requestHeaders: { cookie: 'lang=el' }, startedDateTime: after(10 + at) })),
      ],
    },
  },
  {
    rule: 'clock-skew',
    shows: times(3, () => entry({ responseHeaders: { date: 'Tue, 24 Nov 2026 10:35:30 GMT' } })),
    one: 'never',
    nearMisses: {
      'a clock that is right': times(3, () => entry({ responseHeaders: { date: 'Tue, 24 Nov 2026 10:15:31 GMT' } })),
      'answers that were kept': times(3, () =>
        entry({ responseHeaders: { date: 'Tue, 24 Nov 2026 09:35:30 GMT', age: '2400' } }),
      ),
      'dates that do not agree': times(4, (at) =>
        entry({ responseHeaders: { date: `Tue, 24 Nov 2026 1${at}:35:30 GMT` } }),
      ),
    },
  },
  {
    rule: 'old-browser',
    shows: [page({ requestHeaders: { 'user-agent': agent('Chrome/61.0.3163.100') } })],
    nearMisses: {
      'a new one': [page({ requestHeaders: { 'user-agent': agent('Chrome/140.0.0.0') } })],
      'a robot': [page({ requestHeaders: { 'user-agent': agent('HeadlessChrome/61.0') } })],
      'one with numbers of its own': [page({ requestHeaders: { 'user-agent': agent('Chrome/61.0 OPR/48') } })],
    },
  },
]

function agent(product: string): string {
  return `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ${product} Safari/537.36`
}
