import type { EnvironmentValue } from '../facts.ts'
import { asCorrection } from './account.ts'
import { standingOf } from './mentions.ts'
import { expects, type Finding, hits, type Source, sureness } from './source.ts'

type Network = NonNullable<EnvironmentValue['network']>

const net = '(?:networks?|wi-?fi|internet|connection|lan|line|broadband|fib(?:re|er)|ethernet)'
const greekNet = '(?:δικτυο|δικτυου|wi-?fi|ιντερνετ|internet|συνδεση|γραμμη)'
const article = '(?:του |τησ |τισ |το |τη |την |στο |στη |στην |απο |μασ |μου |the |our |my ){0,4}'

const networks: [RegExp, Network][] = [
  [
    new RegExp(
      `(?<!\\p{L})(?:company|corporate|office|work|employer|business|workplace|school|university)(?:['’]?s)?\\s+(?:proxy|vpn|firewall|${net})(?!\\p{L})|(?<!\\p{L})(?:from|at|in) (?:the |our |my )?(?:office|work)(?!\\p{L}|\\s+(?:laptop|pc|computer|phone|network|account|profile|address|e-?mail))|${net} (?:at|in|of) (?:the |our |my )?(?:office|work|company)(?!\\p{L})`,
      'gu',
    ),
    'corporate',
  ],
  [
    new RegExp(
      `εταιρικ(?:ο|οσ|ου|η)\\s+(?:proxy|vpn|δικτυο|δικτυου|wi-?fi|ιντερνετ|internet|γραμμη|τειχοσ|διακομιστη\\p{L}*)|(?<!\\p{L})(?:απο|στο) (?:το )?(?:γραφειο|δουλεια)(?!\\p{L})|στα γραφεια|(?:στη|απο τη|στην) (?:δουλεια|εταιρεια)(?!\\p{L})|${greekNet} ${article}(?:γραφειου?|δουλειασ|εταιρειασ|εταιριασ)`,
      'gu',
    ),
    'corporate',
  ],
  [
    new RegExp(
      `(?<!\\p{L})home\\s+(?:office\\s+)?${net}(?!\\p{L})|(?<!\\p{L})home office(?!\\p{L})|(?<!\\p{L})(?:from|at) home(?!\\p{L})|${net} at home`,
      'gu',
    ),
    'home',
  ],
  [
    new RegExp(
      `(?:ειμαι|ειμαστε|δουλευω|δουλευουμε)\\s+(?:απο\\s+)?σπιτι(?!\\p{L})|οικιακ(?:ο|η)\\s+${greekNet}|(?<!\\p{L})(?:απο|στο) (?:το )?σπιτι(?!\\p{L})|${greekNet} ${article}σπιτιου?|του σπιτιου|σπιτικο`,
      'gu',
    ),
    'home',
  ],
  [
    /(?:mobile|cellular)\s+(?:data|network|internet|connection)|(?<![\p{L}\d])[45]g(?!\p{L})|(?<!\p{L})(?:lte|hotspot|tethering)(?!\p{L})|δεδομενα κινητησ|δεδομενα(?= του κινητου)|δικτυο κινητησ|με δεδομενα(?!\p{L})/gu,
    'mobile',
  ],
  [
    new RegExp(
      `(?<!\\p{L})(?:hotel|airport|public|cafe|café|coffee ?shop|library|train|guest|conference)(?:['’]?s)?\\s+${net}(?!\\p{L})|(?:wi-?fi|δικτυο) ${article}(?:ξενοδοχει\\p{L}+|αεροδρομι\\p{L}+|καφετερι\\p{L}+|βιβλιοθηκη\\p{L}*|τρενου)|δημοσιο (?:wi-?fi|δικτυο|ασυρματο)`,
      'gu',
    ),
    'public',
  ],
]

const answers: [RegExp, Network][] = [
  [/(?<!\p{L})(?:company|corporate|office|work|εταιρικο|εταιρειασ|γραφειο|γραφειου|δουλεια)(?!\p{L})/gu, 'corporate'],
  [/(?<!\p{L})(?:home|σπιτι|σπιτιου|οικιακο)(?!\p{L})/gu, 'home'],
  [/(?<!\p{L})(?:mobile|δεδομενα|κινητο)(?!\p{L})/gu, 'mobile'],
  [/(?<!\p{L})(?:public|hotel|cafe|δημοσιο)(?!\p{L})/gu, 'public'],
]

/** The network on which the problem shows. To a question about it the bare word is an answer. */
export function readNetwork(source: Source): Finding[] {
  const rules = expects(source, 'environment') ? [...networks, ...answers] : networks
  const mentions = rules.flatMap(([pattern, network]) => hits(source, pattern).map((hit) => ({ ...hit, network })))
  const found = mentions
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .find((mention) => standingOf(source, mention) === 'affected')
  if (!found) return []
  const confidence = sureness(source, found, 0.85)
  return [
    {
      field: 'environment',
      value: { network: found.network },
      quote: found.quote,
      confidence,
      ...asCorrection(source),
    },
  ]
}
