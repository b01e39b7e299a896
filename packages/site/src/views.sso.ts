/** Asks for an address, to find where it signs in. */
export type SsoDoorView = {
  csrfToken: string
  address?: string
  next?: string
  error?: 'invalid' | 'form_expired' | 'rate_limited'
}

/** One connection, as the holder of its set-up link sees it. */
export type SsoSetupView = {
  csrfToken: string
  action: string
  testHref: string
  organisation: string
  kind: 'saml' | 'oidc'
  own: { entityId: string; acsUrl: string; metadataUrl: string; redirectUri: string }
  filled: { metadataUrl: string; issuer: string; clientId: string }
  hasSecret: boolean
  isOn: boolean
  isComplete: boolean
  until: Date
  notice?: { kind: 'saved' | 'form_expired' | 'rate_limited' } | { kind: 'problem'; text: string }
  result?: {
    isPassed: boolean
    address?: string
    reason?: { text: string; code: string }
    stages: readonly { text: string; isPassed: boolean }[]
    /** What was seen instead, line by line. */
    observed: string
  }
}
