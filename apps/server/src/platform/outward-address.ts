import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

// Where clouds tell a machine its own secrets, and addresses that never are a service: RFC 3927, 4291, 6890.
const forbidden = new BlockList()
forbidden.addSubnet('0.0.0.0', 8, 'ipv4')
forbidden.addSubnet('169.254.0.0', 16, 'ipv4')
forbidden.addAddress('100.100.100.200', 'ipv4')
forbidden.addAddress('168.63.129.16', 'ipv4')
forbidden.addSubnet('224.0.0.0', 3, 'ipv4')
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addSubnet('ff00::', 8, 'ipv6')
forbidden.addAddress('fd00:ec2::254', 'ipv6')
forbidden.addAddress('::', 'ipv6')

const forbiddenNames = /(?:^|\.)(?:metadata|metadata\.google\.internal|instance-data)\.?$/i
const loopbackNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i

/** Whether an address is one that nobody may send us to, however it is written. */
export function isForbiddenAddress(address: string): boolean {
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? mappedHex(address)
  if (mapped !== undefined) return isForbiddenAddress(mapped)
  const family = isIP(address)
  return family !== 0 && forbidden.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** `::ffff:a9fe:a9fe` is 169.254.169.254: URLs write it so. */
function mappedHex(address: string): string | undefined {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? []
  if (high === undefined || low === undefined) return undefined
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

/** Whether people may name this address for us to call: https, or http to this machine and to hosts that are allowed. */
export function mayCall(address: string, httpHosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, host, username, password } = new URL(address)
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (username !== '' || password !== '' || forbiddenNames.test(bare) || isForbiddenAddress(bare)) return false
  if (protocol === 'https:') return true
  return (
    protocol === 'http:' && (loopbackNames.test(hostname) || httpHosts.includes(hostname) || httpHosts.includes(host))
  )
}

// This machine, its neighbours, and what leads back to either: RFC 1918, 4193, 6052, 6598, 6890.
const inside = new BlockList()
inside.addSubnet('10.0.0.0', 8, 'ipv4')
inside.addSubnet('100.64.0.0', 10, 'ipv4')
inside.addSubnet('127.0.0.0', 8, 'ipv4')
inside.addSubnet('172.16.0.0', 12, 'ipv4')
inside.addSubnet('192.0.0.0', 24, 'ipv4')
inside.addSubnet('192.168.0.0', 16, 'ipv4')
inside.addSubnet('198.18.0.0', 15, 'ipv4')
inside.addAddress('::1', 'ipv6')
inside.addSubnet('fc00::', 7, 'ipv6')
inside.addSubnet('64:ff9b::', 96, 'ipv6')
inside.addSubnet('64:ff9b:1::', 48, 'ipv6')
inside.addSubnet('2002::', 16, 'ipv6')

/** Whether an address leads to this machine or its own network, however it is written. */
export function isInsideAddress(address: string): boolean {
  const mapped = /^::(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? mappedHex(address)
  if (mapped !== undefined) return isInsideAddress(mapped)
  const family = isIP(address)
  return family !== 0 && inside.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Whether the operator lets people name this host although it is inside, or is spoken to without encryption. */
export const isAllowedHost = ({ hostname, host }: URL, hosts: readonly string[]): boolean =>
  hosts.includes(hostname) || hosts.includes(host)

/** Stricter than `mayCall`: this machine and its own network only where the operator allows the host. */
export function mayCallOutside(address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (isAllowedHost(url, hosts)) return mayCall(address, hosts)
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  return (
    url.protocol === 'https:' && mayCall(address, []) && !loopbackNames.test(url.hostname) && !isInsideAddress(bare)
  )
}

export type ResolveAll = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/** As `guardedLookup`, with more that is refused. The address that was looked at is the one that is connected to. */
export const lookupRefusing =
  (isRefused: (address: string) => boolean, resolve: ResolveAll = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 4)
      const allowed = found.filter(({ address }) => !isForbiddenAddress(address) && !isRefused(address))
      const [first] = allowed
      if (!first) return callback(Object.assign(new Error('forbidden address'), { code: 'EFORBIDDEN' }), '', 4)
      if (options.all) return callback(null, allowed)
      return callback(null, first.address, first.family)
    })
  }

/** Looks a name up as Node does, and refuses one that leads to a forbidden address: checked when it is used. */
export const guardedLookup: LookupFunction = lookupRefusing(() => false)

/** For `mayCallOutside`: what a name leads to is looked at when it is called, too. */
export const lookupOutside = (url: URL, hosts: readonly string[], resolve?: ResolveAll): LookupFunction =>
  lookupRefusing(isAllowedHost(url, hosts) ? () => false : isInsideAddress, resolve)
