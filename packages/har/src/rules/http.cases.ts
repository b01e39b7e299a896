import { entry, page } from '../test-support.ts'
import { API, APP, failed, type RuleCase, upload } from './testing.ts'

/** What servers answer. */
export const HTTP_CASES: readonly RuleCase[] = [
  {
    rule: 'too-large',
    shows: [entry({ ...upload, status: 413 })],
    nearMisses: { 'one that was taken': [entry({ ...upload, status: 201 })] },
  },
  {
    rule: 'bad-request',
    shows: [entry({ status: 422, body: '{"error":{"code":"name_missing","message":"A name is needed"}}' })],
    nearMisses: {
      'another site without a word': [page(), entry({ url: 'https://other.example/x', status: 400, body: '' })],
    },
  },
  {
    rule: 'not-found',
    shows: [page(), entry({ status: 404, url: `${APP}/api/x` })],
    nearMisses: {
      'an icon': [page(), entry({ status: 404, url: `${APP}/favicon.ico`, type: 'image', mime: 'image/png' })],
      'an icon answered with a page': [
        page(),
        entry({ status: 404, url: `${APP}/icon.png`, type: '', mime: 'text/html' }),
      ],
    },
  },
  {
    rule: 'timeout',
    shows: [entry({ status: 504 }), entry({ timings: { wait: 61_000 } })],
    nearMisses: {
      'slow, but answered': [entry({ timings: { wait: 59_000 } })],
      'held open on purpose': [entry({ url: `${APP}/events/poll`, timings: { wait: 90_000 } })],
    },
  },
  {
    rule: 'server-5xx',
    shows: [entry({ status: 500 })],
    nearMisses: { 'a gateway': [entry({ status: 503 })] },
  },
  {
    rule: 'unavailable',
    shows: [entry({ status: 503 })],
    nearMisses: { 'an error of the server itself': [entry({ status: 500 })] },
  },
  {
    rule: 'rate-limit',
    shows: [entry({ status: 429, responseHeaders: { 'retry-after': '17' } })],
    nearMisses: { 'a limit that is not reached': [entry({ responseHeaders: { 'x-ratelimit-remaining': '3' } })] },
  },
  {
    rule: 'request-ids',
    shows: [entry({ status: 500, responseHeaders: { 'x-request-id': 'req_9aF3kL0pQx7ZbT2m' } })],
    nearMisses: { 'ids of what went well': [entry({ responseHeaders: { 'x-request-id': 'req_9aF3kL0pQx7ZbT2m' } })] },
  },
  {
    rule: 'html-for-json',
    shows: [
      entry({
        mime: 'text/html',
        body: '<!doctype html><title>x</title>',
        requestHeaders: { accept: 'application/json' },
      }),
    ],
    nearMisses: {
      'a page that was asked for': [page({ requestHeaders: { accept: 'text/html,application/json' } })],
      'JSON that calls itself a page': [entry({ mime: 'text/html', requestHeaders: { accept: 'application/json' } })],
      'a piece of a page': [
        entry({ mime: 'text/html', body: '<div>a row</div>', requestHeaders: { accept: 'application/json, */*' } }),
      ],
    },
  },
  {
    rule: 'service-worker',
    shows: [
      failed('ERR_FAILED', { url: `${APP}/app.3f9a.js`, type: 'script', response: { _fetchedViaServiceWorker: true } }),
    ],
    nearMisses: {
      'one that served well': [entry({ response: { _fetchedViaServiceWorker: true } })],
      'an error of the server behind it': [
        entry({ url: `${API}/x`, status: 500, response: { _fetchedViaServiceWorker: true } }),
      ],
    },
  },
]
