import type { CaptureEntryDetail } from '@clew/contract/capture-entries'
import type { BodyDetails, CaptureEntry, EntryDetails } from '@clew/har'

/** What the pane of an entry shows at most; the rest is in the file. */
const maxBodyLetters = 500_000
const maxMessages = 500
const maxMessageLetters = 10_000

/** An entry for a reader: `entry` is what lists and rules read of it, `details` what they leave out. */
export function entryDetailView(entry: CaptureEntry, details: EntryDetails): CaptureEntryDetail {
  const { request, response } = details
  const { index, url, statusText, httpVersion, redirectUrl, priority, serverAddress, connection, fromCache } = entry
  return {
    index,
    url,
    statusText,
    httpVersion,
    redirectUrl,
    priority,
    serverAddress,
    connection,
    fromCache,
    transferBytes: entry.transferBytes,
    contentBytes: entry.contentBytes,
    initiator: entry.initiator,
    security: entry.security,
    callStack: details.callStack,
    request: {
      headers: request.headers,
      cookies: request.cookies,
      query: request.query,
      form: request.form,
      body: bodyView(request.body),
    },
    response: { headers: response.headers, cookies: response.cookies, body: bodyView(response.body) },
    messages: details.messages.slice(0, maxMessages).map(({ type, time, data }) => ({
      type,
      time,
      data: data.slice(0, maxMessageLetters),
    })),
  }
}

function bodyView(body: BodyDetails | undefined): CaptureEntryDetail['request']['body'] {
  if (body === undefined || body.text === '') return undefined
  return { ...body, text: body.text.slice(0, maxBodyLetters), isCut: body.text.length > maxBodyLetters }
}
