import type { EntryRule } from '../finding.ts'

/** What to search our own logs for. */
export const requestIds: EntryRule = {
  id: 'request-ids',
  severity: 'low',
  per: 'capture',
  select: (scene) => {
    const quotable = scene.failing.filter((entry) => entry.requestIds.length > 0)
    const own = quotable.filter(scene.isFirstParty)
    return own.length > 0 ? own : quotable.filter((entry) => !scene.isTracker(entry))
  },
  customer: {
    en: 'The file holds {requestIdCount?an id|ids} with which support finds {count?the failed request|the failed requests}: {requestIds}.',
    el: 'Το αρχείο περιέχει {requestIdCount?αναγνωριστικό με το οποίο|αναγνωριστικά με τα οποία} η υποστήριξη βρίσκει {count?το αίτημα που απέτυχε|τα αιτήματα που απέτυχαν}: {requestIds}.',
  },
  agent: {
    en: '{count?The failed request carries|{count} failed requests carry} ids for the logs[[: {requestIds}]].',
    el: '{count?Το αίτημα που απέτυχε φέρει|{count} αιτήματα που απέτυχαν φέρουν} αναγνωριστικά για τα αρχεία καταγραφής[[: {requestIds}]].',
  },
}
