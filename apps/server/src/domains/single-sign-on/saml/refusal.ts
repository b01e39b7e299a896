/** Why a message was refused. The diagnosis screens show these, so each names one cause. */
export const refusalReasons = [
  'saml.too_large',
  'saml.not_base64',
  'saml.encoding_refused',
  'saml.leading_bytes',
  'saml.doctype_refused',
  'saml.processing_instruction_refused',
  'saml.comment_refused',
  'saml.cdata_refused',
  'saml.entity_refused',
  'saml.character_refused',
  'saml.too_deep',
  'saml.not_well_formed',
  'saml.second_root',
  'saml.too_complex',
  'saml.namespace_refused',
  'saml.id_refused',
  'saml.duplicate_id',
  'saml.not_a_response',
  'saml.wrong_version',
  'saml.status_not_success',
  'saml.no_assertion',
  'saml.several_assertions',
  'saml.assertion_misplaced',
  'saml.signature_missing',
  'saml.signature_misplaced',
  'saml.signature_malformed',
  'saml.reference_count',
  'saml.reference_elsewhere',
  'saml.transform_refused',
  'saml.canonicalization_refused',
  'saml.signature_algorithm_refused',
  'saml.digest_algorithm_refused',
  'saml.pinned_certificates_unusable',
  'saml.digest_mismatch',
  'saml.signature_invalid',
  'saml.unknown_certificate',
  'saml.certificate_out_of_date',
  'saml.decryption_key_missing',
  'saml.encryption_malformed',
  'saml.key_transport_refused',
  'saml.cipher_refused',
  'saml.not_decryptable',
  'saml.not_an_assertion',
  'saml.wrong_issuer',
  'saml.wrong_destination',
  'saml.bearer_missing',
  'saml.wrong_recipient',
  'saml.confirmation_out_of_date',
  'saml.unsolicited',
  'saml.unknown_request',
  'saml.request_mismatch',
  'saml.conditions_missing',
  'saml.unknown_condition',
  'saml.not_yet_valid',
  'saml.expired',
  'saml.wrong_audience',
  'saml.authentication_missing',
  'saml.session_expired',
  'saml.name_id_missing',
  'saml.attributes_malformed',
] as const

export type RefusalReason = (typeof refusalReasons)[number]

export type Facts = Readonly<Record<string, string | number | readonly string[]>>

export type Refusal = Readonly<{ reason: RefusalReason; observed?: Facts; expected?: Facts }>

/** One question asked of one subject; the answer is a refusal, or nothing. */
export type Check<Subject> = Readonly<{ name: string; run: (subject: Subject) => Refusal | undefined }>

/** Carries a refusal out of the examination. */
export class Refused extends Error {
  readonly check: string
  readonly refusal: Refusal

  constructor(check: string, refusal: Refusal) {
    super(refusal.reason)
    this.check = check
    this.refusal = refusal
  }
}

/** What a stranger wrote, made fit for an administrator's screen: short, in one line, no addresses of people. */
export function shown(value: string | undefined): string {
  if (value === undefined) return ''
  const line = value.replace(/[\s\p{C}]+/gu, ' ').replace(/[^\s@<>"']+@([^\s@<>"']+)/g, '…@$1')
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
