import type { CaptureEntry } from '../capture.ts'
import { hasNetworkError } from '../entry-kinds.ts'
import type { EntryRule } from '../finding.ts'
import { hostOf } from '../hosts.ts'
import type { Scene } from '../scene.ts'

/** The page's own security policy forbids what it asks for. */
export const cspBlock: EntryRule = {
  id: 'csp-block',
  severity: 'medium',
  per: 'capture',
  quotesIds: false,
  select: (scene) =>
    [...new Set([...scene.withNetworkError, ...scene.posts])].filter(
      (entry) => hasNetworkError(entry, /ERR_BLOCKED_BY_CSP|^csp$/i) || reportsBlocking(entry, scene),
    ),
  describe: (entries) => {
    const report = entries.map((entry) => entry.evidence.cspReport).find((found) => found !== undefined)
    const refused = entries.find((entry) => entry.evidence.cspReport === undefined && !isReport(entry))
    return {
      blocked: (report === undefined ? '' : hostOf(report.blocked) || report.blocked) || (refused?.host ?? ''),
      directive: report?.directive ?? '',
    }
  },
  customer: {
    en: 'A security rule of the page kept your browser from loading a part of it.',
    el: 'Ένας κανόνας ασφαλείας της σελίδας εμπόδισε το πρόγραμμα περιήγησής σας να φορτώσει ένα μέρος της.',
  },
  agent: {
    en: 'The content security policy blocked[[ {blocked}]][[ by {directive}]]{count?| ({count} requests or reports)}: an extension or proxy that injects code, or a host that our policy does not list.',
    el: 'Η πολιτική ασφάλειας περιεχομένου (CSP) απέκλεισε[[ το {blocked}]][[ με το {directive}]]{count?| ({count} αιτήματα ή αναφορές)}: επέκταση ή διακομιστής μεσολάβησης που προσθέτει κώδικα, ή διεύθυνση που λείπει από την πολιτική μας.',
  },
  nextStep: {
    en: 'Try a private window without extensions.',
    el: 'Δοκιμάστε ανώνυμη περιήγηση χωρίς επεκτάσεις.',
  },
}

function isReport(entry: CaptureEntry): boolean {
  return (
    entry.method === 'POST' &&
    (/csp-report/.test(entry.requestMime) || /^csp-?_?(?:violation)?report$/.test(entry.resourceType))
  )
}

/** Reports of a policy that only watches block nothing. */
function reportsBlocking(entry: CaptureEntry, scene: Scene): boolean {
  const { cspReport } = entry.evidence
  if (cspReport === undefined && !isReport(entry)) return false
  if (cspReport?.isReportOnly !== undefined) return !cspReport.isReportOnly
  return scene.documents.some(({ responseHeaders }) => responseHeaders.has('content-security-policy'))
}
