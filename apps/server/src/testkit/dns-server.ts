import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

const types = { A: 1, NS: 2, CNAME: 5, TXT: 16 } as const
const rcodes = { servfail: 2, nxdomain: 3, refused: 5 } as const

/** What a name answers. A text is one string, or the pieces of one. `fails`: instead of anything else. */
export type DnsRecords = {
  A?: string[]
  NS?: string[]
  CNAME?: string
  TXT?: (string | string[])[]
  fails?: keyof typeof rcodes | 'silence'
}

/** A small name server on loopback (RFC 1035, UDP): resolver and authority in one, as a test has filled it. */
export async function startDnsServer() {
  const zones = new Map<string, DnsRecords>()
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (message, { address, port }) => {
    const question = questionIn(message)
    asked.push(`${question.type} ${question.name}`)
    const answer = answerTo(message, question, zones.get(question.name))
    if (answer) socket.send(answer, port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    /** What was asked, as `TXT name`. */
    asked,
    set: (name: string, records: DnsRecords) => zones.set(name.toLowerCase(), records),
    remove: (name: string) => zones.delete(name.toLowerCase()),
    /** A zone of its own, whose server is this one. */
    zone: (name: string) => {
      zones.set(name.toLowerCase(), { NS: [`ns.${name}`] })
      zones.set(`ns.${name}`.toLowerCase(), { A: ['127.0.0.1'] })
    },
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

export type DnsServer = Awaited<ReturnType<typeof startDnsServer>>

type Question = { name: string; type: number; end: number }

function questionIn(message: Buffer): Question {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 }
}

function answerTo(message: Buffer, { type, end }: Question, found: DnsRecords | undefined): Buffer | undefined {
  if (found?.fails === 'silence') return undefined
  const data = found?.fails === undefined && found ? dataOf(found, type) : []
  const head = Buffer.alloc(12)
  message.copy(head, 0, 0, 2)
  // An answer, authoritative, recursion available, with what was wished of it.
  head.writeUInt16BE(0x8480 | (message.readUInt16BE(2) & 0x0100) | rcodeOf(found), 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 6)
  const records = data.map(([of, bytes]) => {
    const record = Buffer.alloc(12)
    record.writeUInt16BE(0xc00c, 0)
    record.writeUInt16BE(of, 2)
    record.writeUInt16BE(1, 4)
    record.writeUInt16BE(bytes.length, 10)
    return Buffer.concat([record, bytes])
  })
  return Buffer.concat([head, message.subarray(12, end), ...records])
}

function rcodeOf(found: DnsRecords | undefined): number {
  if (found === undefined) return rcodes.nxdomain
  return found.fails === undefined || found.fails === 'silence' ? 0 : rcodes[found.fails]
}

function dataOf(found: DnsRecords, type: number): [type: number, bytes: Buffer][] {
  if (found.CNAME !== undefined && (type === types.CNAME || type === types.TXT))
    return [[types.CNAME, nameBytes(found.CNAME)]]
  switch (type) {
    case types.A:
      return (found.A ?? []).map((each) => [type, Buffer.from(each.split('.').map(Number))])
    case types.NS:
      return (found.NS ?? []).map((each) => [type, nameBytes(each)])
    case types.TXT:
      return (found.TXT ?? []).map((each) => [type, textBytes(each)])
    default:
      return []
  }
}

const textBytes = (text: string | string[]): Buffer =>
  Buffer.concat([text].flat().map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])))

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ])
