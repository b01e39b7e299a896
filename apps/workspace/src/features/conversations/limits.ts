/** The attachment limit of the contract, repeated here because importing the value would bring the schemas along. */
export const maxAttachmentBytes = 25_000_000
export const maxAttachments = 10
export const maxBodyLength = 20_000
