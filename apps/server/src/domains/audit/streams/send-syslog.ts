import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { isAllowedHost, isForbiddenAddress, isInsideAddress } from '../../../platform/outward-address.ts'
import type { Envelope } from '../model.envelope.ts'
import { arrived, type Sent } from '../model.stream.ts'
import type { StreamOperator } from '../parts.ts'
import { lookupFor } from './post.ts'
import type { Sending } from './sending.ts'

type Server = { host: string; port: number; tls: boolean }

const timeoutMs = 15_000
/** RFC 5424 §6.2.1: 13 is the audit log; 6 is informational, 4 a warning. */
const facility = 13
/** RFC 5612: the number for where none was given out. */
const enterprise = 32473

/**
 * RFC 5424 over TLS or TCP, each message behind its length (RFC 5425 §4.3). Syslog does not answer: a batch has arrived
 * when the other side has taken all of it and closed in peace.
 */
export function sendSyslog(server: Server, sending: Sending): Promise<Sent> {
  const url = syslogAddress(server)
  if (url === undefined || !mayReach(url, server, sending.operator)) return Promise.resolve({ failure: 'address' })
  const frames = sending.events.map(frameOf).join('')
  return new Promise((resolve) => {
    const socket = open(server, url, sending)
    const end = (sent: Sent): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(sent)
    }
    const timer = setTimeout(() => end({ failure: 'timeout' }), timeoutMs)
    socket.on('error', (error: NodeJS.ErrnoException) => end({ failure: failureOf(error) }))
    socket.on('close', () => end(arrived))
    // Whatever it may say is of no concern, but has to be read for its end to be seen.
    socket.resume()
    socket.end(frames)
  })
}

/** A host in the spelling that addresses are compared in. */
export function syslogAddress({ host, port }: Pick<Server, 'host' | 'port'>): URL | undefined {
  const address = `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  return URL.canParse(address) && new URL(address).pathname === '/' ? new URL(address) : undefined
}

/** Without encryption, and to this machine or its network, only where the operator allows it. */
export function mayReach(url: URL, { tls }: Pick<Server, 'tls'>, operator: StreamOperator): boolean {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  if (isForbiddenAddress(bare) || url.username !== '') return false
  return isAllowedHost(url, operator.hosts) || (tls && !isInsideAddress(bare) && bare !== 'localhost')
}

function open({ port, tls }: Server, url: URL, { operator }: Sending): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const options = { host, port, lookup: lookupFor(url, operator) }
  return tls ? connectTls({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) }) : connectTcp(options)
}

function failureOf({ code = '' }: NodeJS.ErrnoException): 'address' | 'tls' | 'unreachable' {
  if (code === 'EFORBIDDEN') return 'address'
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code) ? 'tls' : 'unreachable'
}

export function frameOf(event: Envelope): string {
  const priority = facility * 8 + (event['outcome'] === 'success' ? 6 : 4)
  const fields = ['id', 'seq', 'organisation', 'outcome', 'hash'].map((name) => `${name}="${escaped(event[name])}"`)
  const head = `<${priority}>1 ${String(event['occurred_at'])} clew audit - ${messageId(event['action'])}`
  const message = `${head} [clew@${enterprise} ${fields.join(' ')}] \uFEFF${JSON.stringify(event)}`
  return `${Buffer.byteLength(message)} ${message}`
}

const escaped = (value: unknown): string => String(value ?? '').replace(/["\\\]]/g, '\\$&')

const messageId = (action: unknown): string =>
  String(action)
    .replace(/[^\x21-\x7e]/g, '')
    .slice(0, 32) || '-'
