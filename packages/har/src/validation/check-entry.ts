import { isObject, type JsonObject, type JsonValue } from '../types.ts'
import { checkShape } from './check-shape.ts'
import { below, report, type Spot } from './spot.ts'

/** Checks one entry by itself: its shape, and what its parts say about each other. */
export function checkEntry(entry: JsonObject, spot: Spot): void {
  checkShape(entry, 'entry', spot)
  checkSum(entry, spot)
  const request = entry['request']
  const response = entry['response']
  if (isObject(request)) checkPost(request['postData'], below(below(spot, 'request'), 'postData'))
  if (isObject(response)) checkBody(response['content'], below(below(spot, 'response'), 'content'))
}

const PHASES = ['blocked', 'dns', 'connect', 'send', 'wait', 'receive']

function checkSum({ time, timings }: JsonObject, spot: Spot): void {
  if (typeof time !== 'number' || time < 0 || !isObject(timings)) return
  let sum = 0
  for (const phase of PHASES) {
    const value = timings[phase]
    if (typeof value === 'number' && value > 0) sum += value
  }
  // Exporters round each phase by itself.
  if (Math.abs(sum - time) <= Math.max(5, time * 0.05)) return
  report(below(spot, 'time'), 'timing.sum', { params: { found: Math.round(time), sum: Math.round(sum) } })
}

function checkPost(post: JsonValue | undefined, spot: Spot): void {
  if (!isObject(post)) return
  const { text, params } = post
  if (typeof text === 'string' && text !== '' && Array.isArray(params) && params.length > 0)
    report(spot, 'post.text_and_params')
}

function checkBody(content: JsonValue | undefined, spot: Spot): void {
  if (!isObject(content) || content['encoding'] !== 'base64') return
  const { text } = content
  if (typeof text !== 'string' || text.startsWith('[')) return
  const letters = text.replace(/\s+/g, '')
  if (letters.length % 4 === 1 || !/^[A-Za-z0-9+/_-]*={0,2}$/.test(letters))
    report(below(spot, 'text'), 'body.not_base64')
}
