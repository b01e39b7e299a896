import type { Locale } from '@clew/text'
import type { ProblemKind } from './problem-kinds.ts'

/**
 * Messages as people write them, with everything that may be read from them: nothing listed may be missed and nothing
 * else may be found. They were written before the rules. "Now" is Tuesday 24 November 2026, 10:06 in Athens.
 */
export type LabelledMessage = {
  text: string
  locale: Locale
  zone?: string
  kind?: ProblemKind
  finds: Partial<Record<FlatKey, string | boolean | string[]>>
}

export type FlatKey =
  | 'email'
  | 'billingEmail'
  | 'plan'
  | 'requestIds'
  | 'completionIds'
  | 'browser'
  | 'browserVersion'
  | 'os'
  | 'osVersion'
  | 'device'
  | 'network'
  | 'vpn'
  | 'proxy'
  | 'utc'
  | 'zone'
  | 'unclear'
  | 'organisationId'
  | 'workspaceId'
  | 'projectId'
  | 'assistantId'
  | 'policy'
  | 'steps'

const athens = 'Europe/Athens'

export const english: LabelledMessage[] = [
  {
    text: 'my pdf wont upload, it sits at 100% then fails. Firefox 145 on Windows 11, no VPN',
    locale: 'en',
    kind: 'upload',
    finds: { browser: 'Firefox', browserVersion: '145', os: 'Windows', osVersion: '11', vpn: false },
  },
  {
    text: 'API returns 500 since today at 9:48. request id req_7Kd93hVbQq, completion chatcmpl-9xYz12AbCd',
    locale: 'en',
    zone: athens,
    kind: 'api_error',
    finds: {
      requestIds: ['req_7Kd93hVbQq'],
      completionIds: ['chatcmpl-9xYz12AbCd'],
      utc: '2026-11-24T07:48:00.000Z',
      zone: athens,
    },
  },
  {
    text: 'We are on the Business plan, my login email is eleni.markou@kyma.example and our org is org-4hT9cVx2',
    locale: 'en',
    finds: { plan: 'business', email: 'eleni.markou@kyma.example', organisationId: 'org-4hT9cVx2' },
  },
  {
    text: 'I was charged twice. Account: j.doe@corp.example, billing email accounts@corp.example. Team plan.',
    locale: 'en',
    kind: 'billing',
    finds: { email: 'j.doe@corp.example', billingEmail: 'accounts@corp.example', plan: 'team' },
  },
  { text: 'Feel free to call my team about the business we discussed', locale: 'en', kind: 'other', finds: {} },
  {
    text: 'Microsoft sign in says "No accounts found" for maria@new.example',
    locale: 'en',
    kind: 'sso',
    finds: { email: 'maria@new.example' },
  },
  {
    text: 'It happened 20 minutes ago on my iPhone, Safari, home wifi',
    locale: 'en',
    zone: athens,
    finds: {
      utc: '2026-11-24T07:46:00.000Z',
      zone: athens,
      os: 'iOS',
      device: 'phone',
      browser: 'Safari',
      network: 'home',
    },
  },
  {
    text: 'Error at 2026-11-23 17:05 UTC, request id 3f2b8c1e-9d4a-4c55-8e0b-7a1d2c3e4f50',
    locale: 'en',
    kind: 'api_error',
    finds: {
      utc: '2026-11-23T17:05:00.000Z',
      zone: 'UTC',
      requestIds: ['3f2b8c1e-9d4a-4c55-8e0b-7a1d2c3e4f50'],
    },
  },
  {
    text: 'The session folder is 3f2b8c1e-9d4a-4c55-8e0b-7a1d2c3e4f50 on my disk',
    locale: 'en',
    finds: {},
  },
  {
    text: 'yesterday at 5pm London time the page went blank in Chrome 142.0.1 on macOS 15',
    locale: 'en',
    zone: athens,
    kind: 'ui_problem',
    finds: {
      utc: '2026-11-23T17:00:00.000Z',
      zone: 'Europe/London',
      browser: 'Chrome',
      browserVersion: '142.0.1',
      os: 'macOS',
      osVersion: '15',
    },
  },
  { text: 'it broke yesterday at 5pm', locale: 'en', finds: { unclear: 'zone' } },
  { text: 'started this morning', locale: 'en', zone: athens, finds: { unclear: 'time', zone: athens } },
  {
    text: 'It failed on 3/4/2026 at 10:00',
    locale: 'en',
    zone: athens,
    finds: { unclear: 'date', zone: athens },
  },
  {
    text: 'It failed on 24 November 2026 at 08:15 EET',
    locale: 'en',
    finds: { utc: '2026-11-24T06:15:00.000Z', zone: athens },
  },
  {
    text: 'Our custom assistant https://chatgpt.com/g/g-AbC123xyz-travel-helper stopped answering',
    locale: 'en',
    finds: { assistantId: 'g-AbC123xyz' },
  },
  {
    text: 'My message was blocked: "This content may violate our usage policies." I only asked about chemistry homework. req_Pol1cy99x',
    locale: 'en',
    kind: 'policy',
    finds: { policy: 'This content may violate our usage policies.', requestIds: ['req_Pol1cy99x'] },
  },
  {
    text: 'I am behind the company proxy, using Edge on my work laptop',
    locale: 'en',
    finds: { proxy: true, network: 'corporate', browser: 'Edge', device: 'laptop' },
  },
  {
    text: "We don't use a VPN or proxy here.",
    locale: 'en',
    finds: { vpn: false, proxy: false },
  },
  { text: 'I turned the VPN off and it still fails', locale: 'en', finds: { vpn: false } },
  { text: 'VPN is on because of company rules', locale: 'en', finds: { vpn: true } },
  {
    text: 'Steps:\n1. Open Files\n2. Choose q3-report.pdf\n3. Wait for 100 %\nThen it says Could not upload',
    locale: 'en',
    kind: 'upload',
    finds: { steps: ['Open Files', 'Choose q3-report.pdf', 'Wait for 100 %'] },
  },
  {
    text: 'proj_Xy12Ab34 gets 429 all the time, workspace id ws-77ab12cd, resp_0a1b2c3d4e',
    locale: 'en',
    kind: 'api_error',
    finds: { projectId: 'proj_Xy12Ab34', workspaceId: 'ws-77ab12cd', completionIds: ['resp_0a1b2c3d4e'] },
  },
  { text: 'I want to upgrade from Free to Plus plan', locale: 'en', kind: 'billing', finds: { plan: 'free' } },
  {
    text: 'How do I cancel my subscription and get a refund for the invoice?',
    locale: 'en',
    kind: 'billing',
    finds: {},
  },
  {
    text: 'The desktop app on Ubuntu 24.04 does not open',
    locale: 'en',
    finds: { os: 'Linux', osVersion: '24.04', device: 'desktop_app' },
  },
  {
    text: 'Using an Android tablet on hotel wifi',
    locale: 'en',
    finds: { os: 'Android', device: 'tablet', network: 'public' },
  },
  { text: 'Streaming answers stop half way, at 14:30 IST', locale: 'en', finds: { unclear: 'zone' } },
  { text: 'This is NOT about uploads, I cannot log in at all', locale: 'en', kind: 'sign_in', finds: {} },
  {
    text: 'Login loop in brave browser since 9:30 am',
    locale: 'en',
    zone: athens,
    kind: 'sign_in',
    finds: { browser: 'Brave', utc: '2026-11-24T07:30:00.000Z', zone: athens },
  },
  { text: 'It crashed at 22:40', locale: 'en', zone: athens, finds: { unclear: 'date', zone: athens } },
  {
    text: 'two hours ago the API timed out, cf-ray 8f1a2b3c4d5e6f70-ATH',
    locale: 'en',
    zone: athens,
    kind: 'api_error',
    finds: { utc: '2026-11-24T06:06:00.000Z', zone: athens, requestIds: ['8f1a2b3c4d5e6f70-ATH'] },
  },
  { text: 'Please add dark mode. The edge of the button looks wrong and opera singers agree', locale: 'en', finds: {} },
]

export const greek: LabelledMessage[] = [
  {
    text: 'Δεν ανεβαίνει το αρχείο, κολλάει στο 100%. Chrome 143 σε Android 16, χωρίς VPN',
    locale: 'el',
    kind: 'upload',
    finds: { browser: 'Chrome', browserVersion: '143', os: 'Android', osVersion: '16', vpn: false },
  },
  {
    text: 'Το πρόβλημα έγινε χθες στις 5 μ.μ. ώρα Ελλάδας',
    locale: 'el',
    finds: { utc: '2026-11-23T15:00:00.000Z', zone: athens },
  },
  {
    text: 'Σήμερα στις 9:48 το API έβγαλε σφάλμα 500, αναγνωριστικό αιτήματος req_7Kd93hVbQq',
    locale: 'el',
    zone: athens,
    kind: 'api_error',
    finds: { utc: '2026-11-24T07:48:00.000Z', zone: athens, requestIds: ['req_7Kd93hVbQq'] },
  },
  {
    text: 'Πριν από 20 λεπτά, από το κινητό μου, με σπιτικό δίκτυο',
    locale: 'el',
    zone: athens,
    finds: { utc: '2026-11-24T07:46:00.000Z', zone: athens, device: 'phone', network: 'home' },
  },
  {
    text: 'Έχουμε το πρόγραμμα Business και συνδέομαι με το eleni@kyma.example',
    locale: 'el',
    finds: { plan: 'business', email: 'eleni@kyma.example' },
  },
  {
    text: 'Χρεωθήκαμε δύο φορές. Email λογιστηρίου: timologia@kyma.example, εγώ μπαίνω με nikos@kyma.example',
    locale: 'el',
    kind: 'billing',
    finds: { billingEmail: 'timologia@kyma.example', email: 'nikos@kyma.example' },
  },
  {
    text: 'Στη σύνδεση με Microsoft γράφει «Δεν βρέθηκαν λογαριασμοί»',
    locale: 'el',
    kind: 'sso',
    finds: {},
  },
  {
    text: 'Μπλοκαρίστηκε το μήνυμά μου: «Το περιεχόμενο ενδέχεται να παραβιάζει τις πολιτικές χρήσης.» και δεν καταλαβαίνω γιατί',
    locale: 'el',
    kind: 'policy',
    finds: { policy: 'Το περιεχόμενο ενδέχεται να παραβιάζει τις πολιτικές χρήσης.' },
  },
  {
    text: 'Στις 23 Νοεμβρίου 2026 στις 17:20 (ώρα Κύπρου) έπεσε η σελίδα',
    locale: 'el',
    kind: 'outage',
    finds: { utc: '2026-11-23T15:20:00.000Z', zone: 'Asia/Nicosia' },
  },
  {
    text: 'Είμαι πίσω από εταιρικό proxy και το VPN είναι ανοιχτό',
    locale: 'el',
    finds: { proxy: true, vpn: true, network: 'corporate' },
  },
  { text: 'Δεν έχω VPN ούτε διακομιστή μεσολάβησης', locale: 'el', finds: { vpn: false, proxy: false } },
  { text: 'Προχθές το βράδυ άρχισε', locale: 'el', zone: athens, finds: { unclear: 'time', zone: athens } },
  {
    text: 'Την Παρασκευή στις 11 π.μ. δεν άνοιγε τίποτα σε Safari στο Mac μου',
    locale: 'el',
    zone: athens,
    finds: { utc: '2026-11-20T09:00:00.000Z', zone: athens, browser: 'Safari', os: 'macOS' },
  },
  { text: 'Η ομάδα μας θέλει δωρεάν δοκιμή για τις επιχειρήσεις', locale: 'el', finds: {} },
  {
    text: 'Ο λογαριασμός μου είναι Team, org-Ab12Cd34',
    locale: 'el',
    finds: { plan: 'team', organisationId: 'org-Ab12Cd34' },
  },
  { text: 'Είμαι στο δωρεάν πρόγραμμα', locale: 'el', finds: { plan: 'free' } },
  {
    text: 'Βήματα:\n1) Ανοίγω τα Αρχεία\n2) Πατάω Μεταφόρτωση\n3) Βγάζει λάθος',
    locale: 'el',
    kind: 'upload',
    finds: { steps: ['Ανοίγω τα Αρχεία', 'Πατάω Μεταφόρτωση', 'Βγάζει λάθος'] },
  },
  { text: 'Πώς ακυρώνω τη συνδρομή και παίρνω το τιμολόγιο;', locale: 'el', kind: 'billing', finds: {} },
  {
    text: 'Στις 3/4/2026 στις 10:00 σταμάτησε',
    locale: 'el',
    zone: athens,
    finds: { utc: '2026-04-03T07:00:00.000Z', zone: athens },
  },
  { text: 'Δεν έχει να κάνει με μεταφόρτωση, δεν μπορώ να συνδεθώ', locale: 'el', kind: 'sign_in', finds: {} },
]

export const greeklish: LabelledMessage[] = [
  {
    text: 'den anevainei to arxeio, exw Firefox 145 se Windows 10, horis vpn',
    locale: 'el',
    kind: 'upload',
    finds: { browser: 'Firefox', browserVersion: '145', os: 'Windows', osVersion: '10', vpn: false },
  },
  { text: 'xthes stis 5 mm wra elladas egine', locale: 'el', finds: { utc: '2026-11-23T15:00:00.000Z', zone: athens } },
  {
    text: 'prin apo 20 lepta vgike error sto kinito',
    locale: 'el',
    zone: athens,
    finds: { utc: '2026-11-24T07:46:00.000Z', zone: athens, device: 'phone' },
  },
  {
    text: 'simera stis 9:48 to api evgale 500, req_7Kd93hVbQq',
    locale: 'el',
    zone: athens,
    kind: 'api_error',
    finds: { utc: '2026-11-24T07:48:00.000Z', zone: athens, requestIds: ['req_7Kd93hVbQq'] },
  },
  { text: 'den mporo na sindetho, leei den vrethikan logariasmoi', locale: 'el', kind: 'sso', finds: {} },
  {
    text: 'exoume to programma enterprise, me xreosate dyo fores',
    locale: 'el',
    kind: 'billing',
    finds: { plan: 'enterprise' },
  },
  { text: 'xwris proxy, apo to spiti', locale: 'el', finds: { proxy: false, network: 'home' } },
  { text: 'mplokaristike to minima mou logo politikis', locale: 'el', kind: 'policy', finds: {} },
]
