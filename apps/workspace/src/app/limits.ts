/** The attachment limit of the contract, repeated here because importing the value would bring the schemas along. */
export const maxAttachmentBytes = 25_000_000
