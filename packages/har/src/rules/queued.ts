import { isFromBrowser } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { longest } from './parts.ts'

/** The request waited in the browser before it went out. */
export const queued: EntryRule = {
  id: 'queued',
  severity: 'low',
  per: 'host',
  quotesIds: false,
  select: (scene) =>
    scene.slow.filter(
      (entry) =>
        Math.max(entry.timings.blocked ?? 0, entry.timings.queueing ?? 0) > 1_000 &&
        entry.status > 0 &&
        !isFromBrowser(entry) &&
        !scene.isTracker(entry),
    ),
  describe: (entries) => ({
    seconds: longest(entries, ({ timings }) => Math.max(timings.blocked ?? 0, timings.queueing ?? 0)),
  }),
  customer: {
    en: 'Requests to {host} waited {seconds} s in your browser before they went out. Many open tabs may be the cause.',
    el: 'Αιτήματα προς {host} περίμεναν {seconds} s στο πρόγραμμα περιήγησής σας πριν φύγουν. Η αιτία μπορεί να είναι πολλές ανοιχτές καρτέλες.',
  },
  agent: {
    en: '{count} {count?request|requests} to {host} waited{count?| up to} {seconds} s in the browser: its limit of connections, many tabs, or a busy page.',
    el: '{count} {count?αίτημα προς {host} περίμενε|αιτήματα προς {host} περίμεναν έως και} {seconds} s μέσα στο πρόγραμμα περιήγησης: όριο συνδέσεων, πολλές καρτέλες ή φορτωμένη σελίδα.',
  },
  nextStep: { en: 'Close other tabs of this site.', el: 'Κλείστε άλλες καρτέλες αυτού του ιστότοπου.' },
}
