import type { LabelledMessage } from './extract.messages.ts'

const athens = 'Europe/Athens'

/** Written after the rules: at first sight they scored .93 precision and .93 recall, before two bugs they showed were fixed. */
export const unseen: LabelledMessage[] = [
  {
    text: 'hi, since 8:15 this morning nothing loads in Google Chrome on my MacBook',
    locale: 'en',
    zone: athens,
    finds: { utc: '2026-11-24T06:15:00.000Z', zone: athens, browser: 'Chrome', os: 'macOS', device: 'laptop' },
    kind: 'ui_problem',
  },
  {
    text: 'Works fine in Edge but Firefox 140 just spins',
    locale: 'en',
    finds: { browser: 'Firefox', browserVersion: '140' },
  },
  {
    text: 'REQ_IDS: req_AbCd1234Ef, req_Zz99Yy88Xx both 503',
    locale: 'en',
    finds: { requestIds: ['req_AbCd1234Ef', 'req_Zz99Yy88Xx'] },
    kind: 'api_error',
  },
  {
    text: 'our subscription is Enterprise and the admin is sam@big.example',
    locale: 'en',
    finds: { plan: 'enterprise', email: 'sam@big.example' },
  },
  {
    text: 'I am on plus plan and got billed 40 instead of 20 on 21 Nov',
    locale: 'en',
    zone: athens,
    finds: { plan: 'plus', unclear: 'time', zone: athens },
    kind: 'billing',
  },
  { text: 'do you support VPN connections?', locale: 'en', finds: {} },
  { text: 'Tried with and without the VPN', locale: 'en', finds: {} },
  {
    text: 'The firewall at the office might block it, but at home it works',
    locale: 'en',
    finds: { network: 'corporate' },
  },
  {
    text: 'Happened at 2026-11-24T07:59:12Z, org-Zx81Kq20',
    locale: 'en',
    finds: { utc: '2026-11-24T07:59:12.000Z', zone: 'UTC', organisationId: 'org-Zx81Kq20' },
  },
  {
    text: 'about half an hour ago on the iPad',
    locale: 'en',
    zone: 'Europe/London',
    finds: { utc: '2026-11-24T07:36:00.000Z', zone: 'Europe/London', os: 'iPadOS', device: 'tablet' },
  },
  {
    text: 'on Friday at 3:30 pm CET the stream was cut',
    locale: 'en',
    finds: { utc: '2026-11-20T14:30:00.000Z', zone: 'Europe/Berlin' },
    kind: 'streaming',
  },
  {
    text: 'The bot refused: “Your request was flagged as potentially violating our usage policy.”',
    locale: 'en',
    finds: { policy: 'Your request was flagged as potentially violating our usage policy.' },
    kind: 'policy',
  },
  { text: 'I get "invalid_grant" when logging in through SSO', locale: 'en', finds: {}, kind: 'sso' },
  {
    text: 'Could you send the invoice to finance@shop.example, my login is owner@shop.example',
    locale: 'en',
    finds: { billingEmail: 'finance@shop.example', email: 'owner@shop.example' },
    kind: 'billing',
  },
  {
    text: 'Attaching a 3 MB png fails on Samsung phone, Android 15, mobile data',
    locale: 'en',
    finds: { os: 'Android', osVersion: '15', device: 'phone', network: 'mobile' },
    kind: 'upload',
  },
  {
    text: '1. log in\n2. press Export\n3. white page',
    locale: 'en',
    finds: { steps: ['log in', 'press Export', 'white page'] },
  },
  { text: 'I have 3 files of 12 MB and 2 teams', locale: 'en', finds: {} },
  { text: 'thanks!', locale: 'en', finds: {}, kind: 'other' },
  {
    text: 'Από τις 8 το πρωί σήμερα δεν ανεβαίνει τίποτα, Edge 142 σε Windows 11',
    locale: 'el',
    zone: athens,
    finds: {
      utc: '2026-11-24T06:00:00.000Z',
      zone: athens,
      browser: 'Edge',
      browserVersion: '142',
      os: 'Windows',
      osVersion: '11',
    },
    kind: 'upload',
  },
  {
    text: 'Με χρέωσαν στις 15 Νοεμβρίου, συνδρομή Plus, info@taverna.example',
    locale: 'el',
    zone: athens,
    finds: { plan: 'plus', email: 'info@taverna.example', unclear: 'time', zone: athens },
    kind: 'billing',
  },
  {
    text: 'Κλειστό το VPN, από το γραφείο, Firefox',
    locale: 'el',
    finds: { vpn: false, network: 'corporate', browser: 'Firefox' },
  },
  {
    text: 'Στον υπολογιστή μου με Linux δεν ανοίγει η σελίδα',
    locale: 'el',
    finds: { os: 'Linux', device: 'desktop' },
    kind: 'ui_problem',
  },
  { text: 'Μήπως φταίει το VPN;', locale: 'el', finds: {} },
  {
    text: 'Η εφαρμογή μας στέλνει 429, org-Pp77Qq66, πριν μία ώρα',
    locale: 'el',
    zone: athens,
    finds: { organisationId: 'org-Pp77Qq66', utc: '2026-11-24T07:06:00.000Z', zone: athens },
    kind: 'api_error',
  },
  {
    text: 'χτες το απόγευμα στις 6 έσβησε',
    locale: 'el',
    zone: athens,
    finds: { utc: '2026-11-23T16:00:00.000Z', zone: athens },
  },
  { text: 'Δεν μου έρχεται ο κωδικός για να μπω', locale: 'el', finds: {}, kind: 'sign_in' },
  {
    text: 'xthes to apogevma den mporousa na anevaso pdf apo to kinito, 4g',
    locale: 'el',
    zone: athens,
    finds: { unclear: 'time', zone: athens, device: 'phone', network: 'mobile' },
    kind: 'upload',
  },
  { text: 'exo programma business kai thelo timologio', locale: 'el', finds: { plan: 'business' }, kind: 'billing' },
  { text: 'eimai me vpn tis etairias se chrome', locale: 'el', finds: { vpn: true, browser: 'Chrome' } },
  {
    text: 'to login den douleuei apo simera stis 10:00 wra elladas',
    locale: 'el',
    finds: { utc: '2026-11-24T08:00:00.000Z', zone: athens },
    kind: 'sign_in',
  },
]
