import type { HarProblemCode } from './messages.ts'

interface Deviation {
  code: HarProblemCode
  /** The place, without positions: `entry.request.method`. */
  place: RegExp
  /** Matched with the name of the creator; absent: the exporter is named whoever wrote the file. */
  creator?: RegExp
  exporter: string
}

/** How exporters in wide use depart from HAR 1.2. Readers have lived with these for years. */
const DEVIATIONS: readonly Deviation[] = [
  { code: 'field.unknown', place: /cookies\[\*\]\.sameSite$/, exporter: 'Chrome, Edge, Playwright' },
  { code: 'field.unknown', place: /cookies\[\*\]\.partitionKey$/, exporter: 'Chrome, Edge' },
  { code: 'field.null', place: /cookies\[\*\]\.expires$/, exporter: 'Chrome, Edge' },
  {
    code: 'field.missing',
    place: /\.request\.httpVersion$|\.response\.httpVersion$/,
    creator: /WebInspector/,
    exporter: 'Chrome',
  },
  { code: 'field.missing', place: /\.postData\.mimeType$/, creator: /WebInspector|WebKit/, exporter: 'Chrome, Safari' },
  { code: 'field.missing', place: /creator\.name$/, exporter: 'mitmproxy' },
  { code: 'field.null', place: /\.request\.method$/, creator: /WebPagetest/i, exporter: 'WebPageTest' },
  { code: 'field.null', place: /\.timings\.(?:blocked|dns|connect|ssl)$/, exporter: 'Chrome' },
  { code: 'field.null', place: /\.response$|\.response\./, creator: /pcap2har/i, exporter: 'pcap2har' },
  {
    code: 'field.null',
    place: /\.postData\.mimeType$/,
    creator: /Advanced REST Client/i,
    exporter: 'Advanced REST Client',
  },
  {
    code: 'field.missing',
    place: /\.response\.redirectURL$/,
    creator: /Internet Explorer/,
    exporter: 'Internet Explorer',
  },
  { code: 'field.unknown', place: /\.response\.redirectionURL$/, exporter: 'Internet Explorer' },
  { code: 'field.type', place: /\.cookies$/, creator: /Internet Explorer/, exporter: 'Internet Explorer' },
  { code: 'field.type', place: /cookies\[\*\]\.(?:httpOnly|secure)$/, creator: /Fiddler/, exporter: 'Fiddler' },
  { code: 'field.type', place: /\.params\[\*\]\.value$/, creator: /chrome-har/, exporter: 'chrome-har' },
  { code: 'header.name', place: /\.name$/, creator: /WebPagetest/i, exporter: 'WebPageTest' },
  {
    code: 'field.missing',
    place: /\.response\.redirectURL$/,
    creator: /Advanced REST Client/i,
    exporter: 'Advanced REST Client',
  },
  {
    code: 'field.unknown',
    place: /\.(?:headersCompression|postData\.encoding)$/,
    creator: /Charles/,
    exporter: 'Charles',
  },
  { code: 'field.missing', place: /\.timings\.send$/, creator: /Alta Proxy/i, exporter: 'Alta Proxy' },
  { code: 'field.missing', place: /\.page(?:s\[\*\])?\.title$/, creator: /Firebug/, exporter: 'Firebug' },
  {
    code: 'page.unknown',
    place: /\.pageref$/,
    creator: /Charles|Firebug|Fiddler/,
    exporter: 'Charles, Firebug, Fiddler',
  },
  { code: 'status.range', place: /\.status$/, creator: /Playwright/i, exporter: 'Playwright' },
  { code: 'address.invalid', place: /\.serverIPAddress$/, creator: /Fiddler/, exporter: 'Fiddler' },
]

/** Name of an exporter that is known to do this; undefined when it is a fault. */
export function knownExporter(code: HarProblemCode, path: string, creator: string): string | undefined {
  const place = path.replace(/\[\d+\]/g, '[*]')
  return DEVIATIONS.find(
    (known) => known.code === code && known.place.test(place) && (known.creator?.test(creator) ?? true),
  )?.exporter
}
