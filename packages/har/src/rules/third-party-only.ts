import type { EntryRule } from '../finding.ts'

/** What failed belongs to others. */
export const thirdPartyOnly: EntryRule = {
  id: 'third-party-only',
  severity: 'low',
  per: 'capture',
  quotesIds: false,
  select: (scene) => {
    const failing = scene.failing.filter((entry) => entry.host !== '')
    const isOursSeen = [...scene.byHost.keys()].some(scene.isFirstPartyHost)
    return isOursSeen && !failing.some(scene.isFirstParty) ? failing : []
  },
  customer: {
    en: 'Everything that failed belongs to other sites: {hosts}.',
    el: 'Ό,τι απέτυχε ανήκει σε άλλους ιστότοπους: {hosts}.',
  },
  agent: {
    en: '{count?The only failed request went|All {count} failed requests went} to other hosts: {hosts}. No request to us failed.',
    el: '{count?Το μόνο αίτημα που απέτυχε πήγε|Και τα {count} αιτήματα που απέτυχαν πήγαν} σε άλλες διευθύνσεις: {hosts}. Κανένα αίτημα προς εμάς δεν απέτυχε.',
  },
}
