import { describe, expect, test } from 'vitest'
import { type EntryEvidence, readEvidence } from './body-evidence.ts'
import { entry } from './test-support.ts'
import type { JsonObject } from './types.ts'

const evidence = (...parts: Parameters<typeof entry>): EntryEvidence => readEvidence(entry(...parts))
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('a body is recognised whatever it is called', () => {
  test.each([
    ['<!DOCTYPE html><title>x</title>', 'text/html', 'html'],
    ['{"a":1}', 'text/html', 'json'],
    [")]}'\n[1]", 'application/json', 'json'],
    ['plain words', 'text/plain', 'other'],
    ['', 'text/html', ''],
    ['[html:3f9a, 900 chars]', 'text/html', 'html'],
  ])('%s', (body, mime, kind) => {
    expect(evidence({ body, mime }).bodyLooksLike).toBe(kind)
  })

  test('also when it is encoded', () => {
    const content = { size: 9, mimeType: 'text/html', encoding: 'base64', text: base64('<html><title>Σφάλμα</title>') }
    expect(evidence({ response: { content } })).toMatchObject({ bodyLooksLike: 'html', title: 'Σφάλμα' })
  })

  test('and its title is read from what cleaning leaves', () => {
    const body = '[html:3f9a, 900 chars, title "Web Page Blocked"]'
    expect(evidence({ mime: 'text/html', body })).toMatchObject({
      title: 'Web Page Blocked',
      isHidden: true,
      filterProduct: '?',
    })
  })
})

describe('a filter’s page', () => {
  test.each([
    ['<html><title>Blocked</title>Zscaler: access to this site is blocked', 'Zscaler'],
    ['<html>This page has been blocked by your administrator', '?'],
    ['<html>Zscaler is a company in San Jose', ''],
    ['<html>Access denied', ''],
  ])('%s → %s', (body, product) => {
    expect(evidence({ mime: 'text/html', body }).filterProduct).toBe(product)
  })
})

describe('an event stream', () => {
  const stream = (text: string): EntryEvidence['stream'] => evidence({ mime: 'text/event-stream', body: text }).stream

  test('is over when it says so', () => {
    expect(stream('data: {"choices":[{"delta":{}}]}\n\ndata: [DONE]\n\n')).toEqual({ isAnswer: true, isOver: true })
    expect(stream('event: content_block_delta\ndata: {}\n\nevent: message_stop\ndata: {}\n\n')).toEqual({
      isAnswer: true,
      isOver: true,
    })
    expect(stream('data: {"choices":[{"delta":{},"finish_reason":null}]}\n\n')).toEqual({
      isAnswer: true,
      isOver: false,
    })
    expect(stream('event: ping\ndata: {}\n\n')).toEqual({ isAnswer: false, isOver: false })
  })

  test('is read from the messages that Chrome keeps', () => {
    const messages = [
      { time: 1, eventName: 'response.output_text.delta', eventId: '', data: '{}' },
      { time: 2, eventName: 'response.completed', eventId: '', data: '{}' },
    ]
    expect(evidence({ entry: { _eventSourceMessages: messages } }).stream).toEqual({ isAnswer: true, isOver: true })
  })
})

test('a socket tells its close code and whether anything came', () => {
  const messages = [
    { type: 'receive', time: 1, opcode: 1, data: '{}' },
    { type: 'receive', time: 2, opcode: 8, data: '1006' },
  ]
  expect(evidence({ entry: { _webSocketMessages: messages } }).socket).toEqual({
    received: 2,
    hasError: false,
    closeCode: 1006,
  })
})

describe('a SAML response', () => {
  const response = (code: string): string =>
    base64(
      `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${code}"/></samlp:StatusCode></samlp:Status>`,
    )
  const posted = (postData: JsonObject): EntryEvidence => evidence({ method: 'POST', postData })

  test('that failed says why, whether it was kept as text or as parameters', () => {
    const text = `SAMLResponse=${encodeURIComponent(response('AuthnFailed'))}&RelayState=x`
    const params = [{ name: 'SAMLResponse', value: response('AuthnFailed') }]
    expect(posted({ mimeType: 'application/x-www-form-urlencoded', text }).samlError).toBe('AuthnFailed')
    expect(posted({ mimeType: 'application/x-www-form-urlencoded', params }).samlError).toBe('AuthnFailed')
  })

  test('that succeeded says nothing', () => {
    expect(posted({ mimeType: '', text: `SAMLResponse=${response('Success')}` })).toMatchObject({
      readsSaml: true,
      samlError: '',
    })
  })
})

describe('a report of the security policy', () => {
  test.each([
    [{ 'csp-report': { 'violated-directive': 'script-src', 'blocked-uri': 'inline', disposition: 'enforce' } }, false],
    [
      [
        {
          type: 'csp-violation',
          body: { effectiveDirective: 'script-src', blockedURL: 'inline', disposition: 'report' },
        },
      ],
      true,
    ],
  ])('is read in both shapes', (report, isReportOnly) => {
    const postData = { mimeType: 'application/csp-report', text: JSON.stringify(report) }
    expect(evidence({ method: 'POST', postData }).cspReport).toEqual({
      directive: 'script-src',
      blocked: 'inline',
      isReportOnly,
    })
  })

  test('that is something else is none', () => {
    for (const text of ['', '[]', 'null', '"x"', '{'])
      expect(
        evidence({ method: 'POST', postData: { mimeType: 'application/reports+json', text } }).cspReport?.directive ??
          '',
      ).toBe('')
  })
})
