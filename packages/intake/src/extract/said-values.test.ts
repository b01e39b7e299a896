import { describe, expect, test } from 'vitest'
import { readFileSize, readHttpStatus } from './said-values.ts'

describe('an HTTP status', () => {
  test.each([
    ['I get HTTP 429 from the API', '429'],
    ['status code 503', '503'],
    ['API returns 500', '500'],
    ['το API επιστρέφει 500', '500'],
    ['to API epistrefei 502', '502'],
    ['API key invalid 401', '401'],
    ['Not a 429 but an error 503', '503'],
    ['5xx errors everywhere', '5xx'],
    ['σφάλμα 403 σε κάθε κλήση', '403'],
  ])('is read from: %s', (text, value) => {
    expect(readHttpStatus(text)?.value).toBe(value)
  })

  test.each([
    'I have 500 users on the API',
    'first 401, then 503 from the API',
    'the upload stops at 404 MB',
    'request id req_500abc401',
    'I paid $500 for API calls',
    'it is 500',
    'error after 500 requests per minute',
    'the API is at 10.0.0.401:500',
  ])('is not made up from: %s', (text) => {
    expect(readHttpStatus(text)).toBeUndefined()
  })

  test('is a bare number where it was asked for', () => {
    expect(readHttpStatus('503', { isAsked: true })?.value).toBe('503')
  })
})

describe('the size of a file', () => {
  test.each([
    ['my 300 MB video does not upload', 300e6],
    ['το βίντεο είναι 1,5 GB', 1.5e9],
    ['to arxeio einai 12mb', 12e6],
    ['the limit is 20 MB and my file has 35 MB', 35e6],
  ])('is read from: %s', (text, bytes) => {
    expect(readFileSize(text)?.bytes).toBe(bytes)
  })

  test.each(['the limit is 20 MB', 'files up to 20 MB', 'at 50 Mbps it hangs', 'I have 8 GB RAM'])(
    'is not made up from: %s',
    (text) => {
      expect(readFileSize(text)).toBeUndefined()
    },
  )
})
