import type { AuditStream, CreateAuditStream, StreamTarget } from '@clew/contract/audit-streams'

export type Kind = StreamTarget['kind']
export const kinds: readonly Kind[] = ['https', 'syslog', 'splunk', 's3']

/** Everything that the form holds, whatever the kind: changing the kind loses nothing that was typed. */
export type StreamDraft = {
  kind: Kind
  name: string
  url: string
  host: string
  port: string
  tls: boolean
  index: string
  endpoint: string
  bucket: string
  region: string
  prefix: string
  accessKeyId: string
  secret: string
  fromStart: boolean
}

const empty: StreamDraft = {
  kind: 'https',
  name: '',
  url: '',
  host: '',
  port: '6514',
  tls: true,
  index: '',
  endpoint: '',
  bucket: '',
  region: 'us-east-1',
  prefix: 'audit',
  accessKeyId: '',
  secret: '',
  fromStart: false,
}

export function draftOf(stream: AuditStream | undefined): StreamDraft {
  if (stream === undefined) return empty
  const { target } = stream
  const named = { ...empty, kind: target.kind, name: stream.name }
  switch (target.kind) {
    case 'https':
    case 'splunk':
      return { ...named, url: target.url, index: 'index' in target ? (target.index ?? '') : '' }
    case 'syslog':
      return { ...named, host: target.host, port: String(target.port), tls: target.tls }
    case 's3': {
      const { endpoint, bucket, region, prefix, accessKeyId } = target
      return { ...named, endpoint, bucket, region, prefix, accessKeyId }
    }
  }
}

export function targetOf(draft: StreamDraft): StreamTarget {
  const { kind, url, host, port, tls, index, endpoint, bucket, region, prefix, accessKeyId } = draft
  switch (kind) {
    case 'https':
      return { kind, url: url.trim() }
    case 'syslog':
      return { kind, host: host.trim(), port: Number(port), tls }
    case 'splunk':
      return { kind, url: url.trim(), ...(index.trim() === '' ? {} : { index: index.trim() }) }
    case 's3':
      return { kind, endpoint: endpoint.trim(), bucket: bucket.trim(), region, prefix, accessKeyId }
  }
}

export const inputOf = (draft: StreamDraft): CreateAuditStream => ({
  name: draft.name.trim(),
  target: targetOf(draft),
  fromStart: draft.fromStart,
  ...(draft.secret === '' || !needsSecret(draft.kind) ? {} : { secret: draft.secret }),
})

/** Splunk and stores bring their own; an HTTPS stream is given one, and syslog has none. */
export const needsSecret = (kind: Kind): boolean => kind === 'splunk' || kind === 's3'
