export const maxAttachments = 10
export const maxBodyLength = 20_000
