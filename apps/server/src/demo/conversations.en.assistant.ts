import {
  accountIs,
  browserIs,
  daysAgo,
  fillsIn,
  minutesAgo,
  presses,
  records,
  type Scenario,
  says,
  stepsAre,
} from './scenario.ts'

/** With the assistant, or handed over and waiting for a person. */
export const englishWithAssistant: readonly Scenario[] = [
  {
    key: 'en-record-har-firefox',
    contact: { name: 'Priya Ranault', email: 'priya@tidemark-studio.example' },
    locale: 'en',
    began: minutesAgo(4),
    page: 'https://app.northlight.example/files',
    opens: 'How do I record a HAR file in Firefox?',
    beats: [],
  },
  {
    key: 'en-upload-checks-running',
    contact: { name: 'Owen Tarrick', email: 'owen.tarrick@millbrook-press.example' },
    locale: 'en',
    began: minutesAgo(11),
    page: 'https://app.northlight.example/files',
    opens:
      'Upload stuck at 100 %. The bar fills up, waits for about ten seconds, and then it says "Could not upload". Chrome on Windows 11.',
    beats: [
      browserIs({ browser: 'Chrome', browserVersion: '147', os: 'Windows', osVersion: '11', device: 'desktop' }),
      presses(2, 'flow:upload-failure:file-size:under-limit'),
    ],
  },
  {
    key: 'en-find-request-id',
    contact: { name: 'Jonas Wick', email: 'jonas@fernhill-labs.example' },
    locale: 'en',
    began: minutesAgo(38),
    opens: 'Where do I find the request id of an API call that failed? Our client only logs the status code.',
    beats: [],
  },
  {
    key: 'en-sso-checks-running',
    contact: { name: 'Amara Oduya', email: 'amara.oduya@calder-rail.example' },
    locale: 'en',
    began: minutesAgo(55),
    page: 'https://app.northlight.example/sign-in',
    opens: 'I press "Continue with Microsoft", choose my work account, and the page says No accounts found.',
    beats: [
      accountIs('amara.oduya@calder-rail.example', 'enterprise'),
      presses(1, 'flow:sso-no-accounts:address:not-sure'),
      presses(2, 'flow:sso-no-accounts:exact-account:still-fails'),
    ],
  },
  {
    key: 'en-invoice-vat',
    contact: { name: 'Lukas Brandt', email: 'accounts@steinweg-optik.example' },
    locale: 'en',
    began: minutesAgo(19),
    opens: 'What do you need from me to put our VAT number on an invoice?',
    beats: [accountIs('accounts@steinweg-optik.example', 'business')],
  },
  {
    key: 'en-session-expired',
    contact: { name: 'Ruth Ellery', email: 'ruth.ellery@harrowby.example' },
    locale: 'en',
    began: minutesAgo(44),
    page: 'https://app.northlight.example/chat',
    opens:
      'Every message I send fails since this morning. The page loads and my old chats are there, but sending gives a red line and nothing else. I am on the Team plan.',
    picture: 'red-line.png',
    beats: [
      browserIs({
        browser: 'Chrome',
        browserVersion: '147',
        os: 'Windows',
        osVersion: '11',
        device: 'desktop',
        network: 'corporate',
      }),
      says(3, 'I want to talk to a person, please.'),
      accountIs('ruth.ellery@harrowby.example', 'team'),
      stepsAre('Open a chat of yesterday', 'Type anything and press send', 'A red line appears under the message'),
      records(6, 'session-expired'),
      says(2, 'That is the recording. I pressed send twice in it.'),
    ],
  },
  {
    key: 'en-charged-twice',
    contact: { name: 'Helen Moss', email: 'helen@mossandreed.example' },
    locale: 'en',
    began: minutesAgo(82),
    opens:
      'I was charged twice for this month: two payments of 20.00 on the same day, both to the same card. My account is helen@mossandreed.example on the Plus plan.',
    beats: [
      accountIs('helen@mossandreed.example', 'plus'),
      says(3, 'The card ends in 4417, if that helps you to find the payments.'),
    ],
  },
  {
    key: 'en-policy-flag',
    contact: { name: 'Dr Samir Haddad', email: 's.haddad@lowmoor-clinic.example' },
    locale: 'en',
    began: minutesAgo(126),
    opens:
      'My message was stopped by a policy, and I do not see why. It was a dosage table for a hospital leaflet. The message says: "This request may go against our usage policy." The request id is req_R8tq2LmVx41c.',
    beats: [
      says(
        2,
        'Can a real person look at it? I would like to know which part is the problem, so that I can write it differently.',
      ),
      fillsIn(3, {
        field: 'policy_message',
        value: { message: 'This request may go against our usage policy.', requestId: 'req_R8tq2LmVx41c' },
      }),
    ],
  },
  {
    key: 'en-lost-phone',
    contact: { name: 'Tess Corrigan', email: 'tess.corrigan@brightwater.example' },
    locale: 'en',
    began: daysAgo(1, '16:40'),
    opens: 'I have lost the phone with my authenticator app and cannot get the code to sign in.',
    beats: [
      says(2, 'talk to a person please, I have a deadline tomorrow'),
      accountIs('tess.corrigan@brightwater.example', 'plus'),
    ],
  },
  {
    key: 'en-api-500',
    contact: { name: 'Mateo Ibarra', email: 'mateo@quayside-data.example' },
    locale: 'en',
    began: minutesAgo(190),
    opens:
      'The API returns 500 for about one call in twenty since yesterday evening. Two of them: req_Zk40fPq7Lw2a and req_b71NxTc9Vd0e. The same bodies succeed when we send them again.',
    beats: [
      fillsIn(2, { field: 'workspace', value: { organisationId: 'org-quayside7', projectId: 'proj_nightly' } }),
      accountIs('mateo@quayside-data.example', 'business'),
      says(4, 'I need a human for this one: our nightly import depends on it.'),
      says(11, 'One more, from just now: req_h3Ws88KmQy5p'),
    ],
  },
]
