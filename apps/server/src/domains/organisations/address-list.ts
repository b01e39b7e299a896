import { BlockList, isIP } from 'node:net'
import type { PolicyValue } from '@clew/contract/security-policies'

/** Whether somebody may come from this address. Without any range everybody may; an unknown address only then. */
export function isAddressAllowed({ ranges }: PolicyValue<'ip_allow_list'>, address: string | undefined): boolean {
  if (ranges.length === 0) return true
  if (address === undefined) return false
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  const family = isIP(plain)
  if (family === 0) return false
  return listOf(ranges.map(({ range }) => range)).check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
