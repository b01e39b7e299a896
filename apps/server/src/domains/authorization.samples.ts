/** `last`: a call that succeeds ends the session, or changes how one signs in. It is tried only by who may not. */
type Sample = { sample?: Readonly<Record<string, unknown>>; last?: boolean }

const nowhere = { sample: { exportId: '00000000-0000-4000-8000-00000000dead' } }
const inEnglish = { en: 'x' }
export const policyNames: readonly string[] = [
  'mfa',
  'sessions',
  'ip_allow_list',
  'attachments',
  'har',
  'model',
  'public_links',
  'api_keys',
  'joining',
  'passwords',
  'support',
  'region',
]

/** What the smallest request that fits the description of a route lacks to come as far as the question who may. */
export const samples: Readonly<Record<string, Sample>> = {
  'DELETE /session': { last: true },
  'POST /session/switch': { last: true },
  'POST /session/proof': { last: true },
  'POST /console/me/leave': { last: true },
  'DELETE /console/own-sign-in/sessions': { last: true },
  'PUT /console/own-sign-in/password': { last: true },
  'POST /console/domains': { sample: { name: 'matrix.com' } },
  'POST /console/own-sign-in/app/confirmation': { sample: { code: '123456' } },
  'POST /conversations/:conversationId/snooze': { sample: { until: '2026-12-01T07:00:00.000Z' } },
  'POST /components': { sample: { names: inEnglish } },
  'PUT /components/:componentId': { sample: { names: inEnglish } },
  'POST /macros': { sample: { bodies: inEnglish } },
  'POST /incidents': { sample: { titles: inEnglish, bodies: inEnglish } },
  'POST /incidents/:incidentId/updates': { sample: { bodies: inEnglish } },
  'PATCH /incidents/:incidentId/updates/:updateId': { sample: { bodies: inEnglish } },
  'POST /console/exports/:exportId/retry': nowhere,
  'POST /console/exports/:exportId/link': nowhere,
  'POST /console/exports/:exportId/approve': nowhere,
  'POST /console/exports/:exportId/deny': nowhere,
  'POST /console/exports/:exportId/cancel': nowhere,
  // A version that nobody saw: who may is told so, and the rules of the organisation stay.
  ...Object.fromEntries(policyNames.map((name) => [`PUT /console/policies/${name}`, { sample: { version: 999 } }])),
}
