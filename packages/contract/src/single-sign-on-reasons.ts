/**
 * There are some ninety checks and as many reasons; people are told which stage it was and what that means. The code
 * stands beside it for whoever looks it up.
 */
export const ssoReasonKinds = [
  'unknown_certificate',
  'certificate_over',
  'signature',
  'algorithm',
  'malformed',
  'encryption',
  'provider_refused',
  'denied',
  'issuer',
  'acs',
  'audience',
  'clock',
  'request',
  'replayed',
  'client',
  'unreachable',
  'token',
  'address_missing',
  'address_not_verified',
  'domain_not_verified',
  'domain_not_served',
  'subject_differs',
  'deactivated',
  'ended',
  'unknown_member',
  'no_seat',
  'connection_off',
  'no_way',
  'policy',
] as const
export type SsoReasonKind = (typeof ssoReasonKinds)[number]

const kinds: readonly (readonly [SsoReasonKind, RegExp])[] = [
  ['unknown_certificate', /^saml\.(unknown_certificate|pinned_certificates_unusable)$|^oidc\.unknown_key$/],
  ['certificate_over', /^saml\.certificate_out_of_date$/],
  [
    'algorithm',
    /^saml\.(signature_algorithm|digest_algorithm|canonicalization|transform)_refused$|^oidc\.algorithm_refused$/,
  ],
  [
    'signature',
    /^saml\.(signature_|reference_|digest_mismatch|several_assertions|assertion_misplaced|duplicate_id|id_refused|not_an_assertion)|^oidc\.signature_invalid$/,
  ],
  [
    'encryption',
    /^saml\.(decryption_key_missing|encryption_malformed|key_transport_refused|cipher_refused|not_decryptable)$/,
  ],
  ['denied', /^oidc\.(denied|login_required)$/],
  ['provider_refused', /^saml\.(status_not_success|no_assertion)$|^oidc\.provider_refused$/],
  ['issuer', /^(saml|oidc)\.wrong_issuer$/],
  ['acs', /^saml\.(wrong_destination|wrong_recipient|bearer_missing)$/],
  ['audience', /^(saml|oidc)\.wrong_audience$|^saml\.(conditions_missing|unknown_condition)$/],
  ['clock', /^saml\.(confirmation_out_of_date|not_yet_valid|expired|session_expired)$|^oidc\.expired$/],
  ['request', /^saml\.(unsolicited|unknown_request|request_mismatch)$|^request_unknown$|^oidc\.wrong_state$/],
  ['replayed', /^replayed$/],
  ['client', /^oidc\.code_refused$/],
  ['unreachable', /^oidc\.(unreachable|provider_malformed)$/],
  ['token', /^oidc\./],
  ['malformed', /^saml\./],
  ['address_missing', /^address_missing$/],
  ['address_not_verified', /^address_not_verified$/],
  ['domain_not_verified', /^domain_not_verified$/],
  ['domain_not_served', /^domain_not_served$/],
  ['subject_differs', /^subject_differs$/],
  ['deactivated', /^member_(deactivated|deprovisioned)$/],
  ['ended', /^member_ended$/],
  ['unknown_member', /^member_unknown$/],
  ['no_seat', /^(no_seat|seat\.)/],
  ['connection_off', /^connection_/],
  ['no_way', /^(domain_unknown|no_connection)$/],
]

export const ssoReasonKind = (reason: string): SsoReasonKind =>
  kinds.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'policy'

/** In the order in which they are gone through. */
export const ssoStages = [
  'provider',
  'document',
  'signature',
  'decryption',
  'statement',
  'once',
  'connection',
  'address',
  'domain',
  'person',
  'seat',
  'policies',
] as const
export type SsoStage = (typeof ssoStages)[number]

const stages: readonly (readonly [SsoStage, RegExp])[] = [
  ['provider', /^(provider-|code-and-proof|userinfo|way-in)/],
  ['once', /^(request-once|assertion-once|state)$/],
  ['connection', /^connection-/],
  ['address', /^address-/],
  ['domain', /^domain-/],
  ['person', /^(same-subject|member-|not-deprovisioned)/],
  ['seat', /^seat-/],
  ['policies', /^policies$/],
  [
    'signature',
    /^(signature|pinned-certificates|one-reference|reference-to-owner|allowed-(transforms|canonicalization|signature-algorithm|digest-algorithm)|certificate-in-date)/,
  ],
  ['decryption', /^(decrypt|encryption-|allowed-(key-transport|cipher))/],
  [
    'statement',
    /^(issuer|destination|bearer|recipient|confirmation-window|answers-request|conditions-present|known-conditions|not-before|not-on-or-after|audience|authentication|name-id|attributes-named|assertion-version|time|nonce)$/,
  ],
]

export const ssoStage = (check: string): SsoStage =>
  stages.find(([, pattern]) => pattern.test(check))?.[0] ?? 'document'
