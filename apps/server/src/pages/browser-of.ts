import { describeUserAgent } from '@clew/site'
import type { FastifyRequest } from 'fastify'

const longest = 400

/** What the browser says of itself, in words; by its hints where it sends them. Undefined when it says nothing. */
export function browserOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const said = describeUserAgent(String(headers['user-agent'] ?? '').slice(0, longest))
  const platform = /^"([^"]{1,40})"$/.exec(String(headers['sec-ch-ua-platform'] ?? ''))?.[1]
  const [browser = ''] = said.split(', ')
  const text = platform === undefined || browser === '' ? said : `${browser}, ${platform}`
  return text === '' ? undefined : text
}
