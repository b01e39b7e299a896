import type { BodyDetails, EntryDetails } from '@clew/har'

/** More than this of one body no one reads on a page, and drawing it would hold the page up. */
const longestText = 100_000

export function cutLongTexts(details: EntryDetails): EntryDetails {
  const { request, response, messages } = details
  return {
    ...details,
    request: { ...request, body: request.body && cutBody(request.body) },
    response: { ...response, body: cutBody(response.body) },
    messages: messages.slice(0, 200).map((message) => ({ ...message, data: message.data.slice(0, 2000) })),
  }
}

const cutBody = (body: BodyDetails): BodyDetails => ({ ...body, text: body.text.slice(0, longestText) })
