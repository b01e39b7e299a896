import { followFeedback } from './feedback.ts'
import { offerChat, offerCopyLink } from './share.ts'
import { trackTried } from './tried.ts'
import { markWhereOneReads } from './where-one-reads.ts'

trackTried()
followFeedback()
offerCopyLink()
offerChat()
markWhereOneReads()
for (const element of document.querySelectorAll<HTMLElement>('[data-focus]')) element.focus()
