// Said again here because a value import of the contract would bring its schemas into the bundle.
export const maxAttachmentBytes = 25_000_000
export const maxFiles = 10
/** Characters of one message. */
export const maxWords = 20_000
