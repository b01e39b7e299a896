import { parseFlow } from '../validate.ts'

const both = (text: string) => ({ en: text, el: `${text} (el)` })

/** A small flow with every kind of step. Plain data, so that a test may spoil a copy of it. */
export const sample = {
  id: 'printer',
  version: 3,
  title: both('The printer is silent'),
  article: 'printers',
  phrases: { en: ['printer is silent'], el: ['ο εκτυπωτής σιωπά'] },
  placeholders: ['brand', 'incident'],
  steps: [
    {
      id: 'look',
      kind: 'check',
      check: 'incident-open',
      with: { component: 'printers' },
      outcomes: {
        open: { next: 'known', say: both('It is known: {incident}.'), note: both('Seen by itself.'), tags: ['known'] },
        none: 'hello',
        unknown: 'hello',
      },
    },
    { id: 'known', kind: 'end', end: 'answer', say: both('Wait until it is over.'), article: 'status' },
    { id: 'hello', kind: 'say', say: both('Let us look, says {brand}.'), next: 'device' },
    {
      id: 'device',
      kind: 'ask',
      title: both('Which device?'),
      say: both('Which device is it?'),
      slot: 'environment.device',
      replies: [
        { id: 'desktop', label: both('A computer') },
        { id: 'phone', label: both('A phone'), next: 'no-phone' },
        'not-sure',
      ],
      next: 'by-device',
    },
    {
      id: 'by-device',
      kind: 'branch',
      slot: 'environment.device',
      cases: [{ is: ['phone', 'tablet'], next: 'no-phone' }],
      otherwise: 'plug',
    },
    {
      id: 'plug',
      kind: 'do',
      title: both('Plug it in'),
      say: both('Look at the cable.'),
      note: both('It is always the cable.'),
      admin: both('Ask them to look at the cable.'),
      minutes: 1,
      next: 'restart',
      replies: [
        'worked',
        'still-fails',
        {
          id: 'no-cable',
          label: both('There is none'),
          outcome: 'not_possible',
          next: 'handover',
          reason: 'fault',
          tags: ['no-cable'],
        },
        'skip',
      ],
    },
    {
      id: 'restart',
      kind: 'do',
      title: both('Restart it'),
      say: both('Off and on.'),
      set: { 'flow.restarted': true },
      replies: [
        'worked',
        { id: 'again', label: both('Once more'), outcome: 'not_fixed', next: 'plug' },
        { id: 'still-fails', next: 'to-person' },
      ],
    },
    { id: 'no-phone', kind: 'end', end: 'flow', flow: 'phones' },
    { id: 'to-person', kind: 'end', end: 'handover', reason: 'fault', say: both('A person comes.'), tags: ['printer'] },
  ],
}

export const sampleFlow = parseFlow(sample)
