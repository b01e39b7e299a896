import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Flow, flowLibrary } from '@clew/flows'
import { readFlow } from '@clew/flows/yaml'
import { createIndex, detectLanguage, type Locale } from '@clew/text'
import type { Article, Knowledge, KnownIncident } from '../knowledge.ts'
import { createRouter, type Router } from '../routing/router.ts'

const routerFile = path.join(import.meta.dirname, '../../dist/router.bin')
let router: Router | undefined

/** The router as it is built; `npm test` and `npm run build` make it. */
export function builtRouter(): Router {
  if (!existsSync(routerFile)) throw new Error('the router is not trained yet: node scripts/run.mjs build')
  router ??= createRouter(readFileSync(routerFile))
  return router
}

const articles: Article[] = [
  article('en', 'upload-failures', {
    title: 'A file does not upload',
    text: 'A file may be up to 20 MB. Reload the page, then try a private window.',
    flowId: 'upload-failure',
  }),
  article('el', 'upload-failures', {
    title: 'Ένα αρχείο δεν ανεβαίνει',
    text: 'Ένα αρχείο μπορεί να είναι έως 20 MB. Ανανεώστε τη σελίδα και δοκιμάστε ανώνυμη περιήγηση.',
    flowId: 'upload-failure',
  }),
  article('en', 'finding-request-ids', {
    title: 'Finding a request id',
    text: 'The request id stands in the headers of the answer, as x-request-id. Copy it whole.',
  }),
  article('el', 'finding-request-ids', {
    title: 'Πού βρίσκω το αναγνωριστικό αιτήματος',
    text: 'Το αναγνωριστικό αιτήματος βρίσκεται στις κεφαλίδες της απόκρισης. Αντιγράψτε το ολόκληρο.',
  }),
  article('en', 'billing', {
    title: 'Invoices and plans',
    text: 'Invoices are under Settings, Billing. Owners can download them as PDF.',
  }),
]

function article(
  locale: Locale,
  slug: string,
  { title, text, flowId }: { title: string; text: string; flowId?: string },
): Article {
  return {
    slug,
    locale,
    title,
    description: text,
    updatedOn: '2026-11-01',
    flowId,
    passages: [{ heading: undefined, anchor: undefined, text, steps: [] }],
  }
}

const uploadFlow = `
id: upload-failure
version: 1
title: { en: A file does not upload, el: Ένα αρχείο δεν ανεβαίνει }
article: upload-failures
phrases: { en: [my file will not upload], el: [δεν ανεβαίνει το αρχείο] }
steps:
  - id: browser
    kind: ask
    title: { en: Which browser, el: Ποιο πρόγραμμα περιήγησης }
    say: { en: Which browser do you use?, el: Ποιο πρόγραμμα περιήγησης χρησιμοποιείτε; }
    slot: environment.browser
    replies: [not-sure]
    next: reload
  - id: reload
    kind: do
    title: { en: Reload, el: Ανανέωση }
    say: { en: Reload the page and try again., el: Ανανεώστε τη σελίδα και δοκιμάστε ξανά. }
    replies: [worked, still-fails]
    next: private
  - id: private
    kind: do
    title: { en: Private window, el: Ανώνυμη περιήγηση }
    say: { en: Try it in a private window., el: Δοκιμάστε σε ανώνυμη περιήγηση. }
    replies: [worked, still-fails, not-possible]
    next: handover
`

const apiFlow = `
id: api-error
version: 1
title: { en: The API answers with an error, el: Το API απαντά με σφάλμα }
article: finding-request-ids
phrases: { en: [the API returns an error], el: [το API δίνει σφάλμα] }
steps:
  - id: slow
    kind: do
    title: { en: Slow down, el: Πιο αργά }
    say: { en: Send fewer calls., el: Στείλτε λιγότερες κλήσεις. }
    replies: [worked, still-fails]
    next: log
  - id: log
    kind: do
    title: { en: Look at the log, el: Δείτε το αρχείο καταγραφής }
    say: { en: Look at the log., el: Δείτε το αρχείο καταγραφής. }
    replies: [worked, still-fails]
    next: handover
`

const streamFlow = `
id: streaming-cut
version: 1
title: { en: An answer breaks off, el: Μια απάντηση κόβεται }
phrases: { en: [the answer breaks off], el: [η απάντηση κόβεται] }
steps:
  - id: where
    kind: ask
    title: { en: "Where does it break off?", el: "Πού κόβεται;" }
    say: { en: On our page or in your program?, el: Στη σελίδα μας ή στο πρόγραμμά σας; }
    slot: flow.where
    replies:
      - id: page
        label: { en: On the page, el: Στη σελίδα }
        said: { en: [on the page, in chrome/firefox/safari], el: [στη σελίδα, στον browser] }
      - id: program
        label: { en: In my program, el: Στο πρόγραμμά μου }
        said: { en: [my script/code, the api, sdk], el: [στον κώδικά μου, το api] }
        next: status
    next: system
  - id: status
    kind: ask
    title: { en: "Which status?", el: "Ποιος κωδικός;" }
    say: { en: Which status code comes back?, el: Ποιος κωδικός κατάστασης επιστρέφει; }
    slot: flow.status
    read: http-status
    replies:
      - id: s429
        label: { en: "429", el: "429" }
        value: "429"
        next: slow
      - id: s5xx
        label: { en: 500 to 504, el: 500 έως 504 }
        value: "500"
      - not-sure
    next: system
  - id: slow
    kind: do
    title: { en: Slow down, el: Πιο αργά }
    say: { en: Send fewer calls., el: Στείλτε λιγότερες κλήσεις. }
    replies: [worked, still-fails]
    next: system
  - id: system
    kind: ask
    title: { en: "Which system?", el: "Ποιο σύστημα;" }
    say: { en: Which system is it?, el: Ποιο σύστημα είναι; }
    slot: environment.os
    replies: [not-sure]
    next: reload
  - id: reload
    kind: do
    title: { en: Reload, el: Ανανέωση }
    say: { en: Reload the page., el: Φορτώστε ξανά τη σελίδα. }
    replies: [worked, still-fails]
    next: handover
`

function flowIn(yaml: string): Flow {
  const read = readFlow(yaml)
  if (!('flow' in read) || read.flow === undefined) throw new Error(JSON.stringify(read))
  return read.flow
}

export function testKnowledge(incident?: KnownIncident): Knowledge {
  const index = createIndex(
    articles.map(({ slug, locale, title, description }) => ({ id: slug, locale, title, body: description })),
  )
  const find = (locale: Locale, slug: string): Article | undefined =>
    articles.find((one) => one.locale === locale && one.slug === slug)
  return {
    brand: 'Northlight',
    library: {
      find,
      detect: (text) => detectLanguage(text, index.languageModel()),
      search: (query, { locale, limit }) =>
        index.search(query, { locale, limit }).flatMap((hit) => {
          const found = find(locale, hit.id)
          return found ? [{ article: found, coverage: hit.coverage, query: hit.matched.query }] : []
        }),
    },
    flows: flowLibrary([uploadFlow, apiFlow, streamFlow].map(flowIn)),
    flowValues: { brand: 'Northlight' },
    look: async () => ({ outcome: 'unknown' }),
    route: builtRouter().route,
    incidentFor: () => incident,
  }
}
