import { z } from 'zod'
import { Permission } from './permissions.ts'
import { Instant, MemberId, OrganisationId } from './primitives.ts'
import { Password } from './sessions.ts'

const email = z.email().max(254)
const token = z.string().min(20).max(200)
const label = z.string().trim().min(1).max(80)

/** How somebody has said who they are. */
export const SignInMethod = z.enum(['password', 'link', 'passkey', 'code', 'recovery_code', 'sso', 'invitation'])
export type SignInMethod = z.infer<typeof SignInMethod>

export const StartSignIn = z.strictObject({ email })
export const SignInStart = z
  .object({
    next: z.enum(['password', 'sso']),
    sso: z
      .object({ url: z.string(), name: z.string(), isRequired: z.boolean() })
      .optional()
      .meta({ description: 'Where the people of this domain sign in.' }),
  })
  .meta({ id: 'SignInStart', description: 'The same for an address that is known and for one that is not.' })
export type SignInStart = z.infer<typeof SignInStart>

export const SecondFactor = z.enum(['passkey', 'code', 'recovery_code'])
export type SecondFactor = z.infer<typeof SecondFactor>
export const OrganisationChoice = z.object({ id: OrganisationId, name: z.string() }).meta({ id: 'OrganisationChoice' })
export type OrganisationChoice = z.infer<typeof OrganisationChoice>

/** What is still missing before somebody is in. */
export const SignInStep = z
  .discriminatedUnion('next', [
    z.object({ next: z.literal('choose_organisation'), organisations: z.array(OrganisationChoice) }),
    z.object({ next: z.literal('second_factor'), factors: z.array(SecondFactor) }),
  ])
  .meta({ id: 'SignInStep' })
export type SignInStep = z.infer<typeof SignInStep>

export const ChooseOrganisation = z.strictObject({ organisationId: OrganisationId })
export const AskForLink = z.strictObject({ email })
export const OpenLink = z.strictObject({ token })
export const ResetPassword = z.strictObject({ token, password: Password })

/** What `navigator.credentials` is asked for, and what it answers: the JSON forms of WebAuthn Level 3 §5.1. */
export const PasskeyOptions = z.object({ publicKey: z.record(z.string(), z.unknown()) }).meta({ id: 'PasskeyOptions' })
export type PasskeyOptions = z.infer<typeof PasskeyOptions>
const base64Url = z.string().regex(/^[\w-]*$/)
const credential = <Response extends z.ZodType>(response: Response) =>
  z.object({
    id: base64Url.max(1400),
    rawId: base64Url.max(1400),
    type: z.literal('public-key'),
    authenticatorAttachment: z.string().max(40).nullish(),
    clientExtensionResults: z.record(z.string().max(60), z.unknown()).default({}),
    response,
  })
export const PasskeyAssertion = credential(
  z.object({
    clientDataJSON: base64Url.max(4000),
    authenticatorData: base64Url.max(4000),
    signature: base64Url.max(8000),
    userHandle: base64Url.max(200).nullish(),
  }),
).meta({ id: 'PasskeyAssertion' })
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>
export const PasskeyAttestation = credential(
  z.object({
    clientDataJSON: base64Url.max(4000),
    attestationObject: base64Url.max(20_000),
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
).meta({ id: 'PasskeyAttestation' })
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>

const code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

export const PassSecondFactor = z.union([
  z.strictObject({ code }),
  z.strictObject({ recoveryCode: z.string().min(8).max(60) }),
  z.strictObject({ passkey: PasskeyAssertion }),
])
export type SecondFactorProof = z.input<typeof PassSecondFactor>

/** Saying once more who one is, before something dangerous. */
export const ProveAgain = z.union([
  z.strictObject({ password: z.string().min(1).max(200) }),
  z.strictObject({ code }),
  z.strictObject({ passkey: PasskeyAssertion }),
])
export type Proof = z.input<typeof ProveAgain>
export const ProofWays = z
  .object({ password: z.boolean(), code: z.boolean(), passkey: z.boolean() })
  .meta({ id: 'ProofWays' })
export type ProofWays = z.infer<typeof ProofWays>

export const Passkey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: Instant,
    usedAt: Instant.optional(),
    isSynced: z.boolean().meta({ description: 'Whether it travels between devices, so that there is a copy.' }),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>
export const AddPasskey = z.strictObject({ name: label, passkey: PasskeyAttestation })
export const RenamePasskey = z.strictObject({ name: label })

/** How somebody gets in, as they see it themselves. */
export const OwnSignIn = z
  .object({
    email: z.string(),
    password: z.object({ changedAt: Instant }).optional(),
    passkeys: z.array(Passkey),
    app: z.object({ since: Instant }).optional(),
    recoveryCodesLeft: z.int(),
    isSecondFactorRequired: z.boolean(),
    secondFactorDueAt: Instant.optional().meta({ description: 'Until then somebody without one still gets in.' }),
    shortestPassword: z.int(),
  })
  .meta({ id: 'OwnSignIn' })
export type OwnSignIn = z.infer<typeof OwnSignIn>

export const ChangePassword = z.strictObject({ old: z.string().min(1).max(200).optional(), password: Password })
export const NewApp = z
  .object({
    secret: z.string(),
    uri: z.string(),
    qr: z.string().meta({ description: 'The address as a picture: SVG.' }),
  })
  .meta({ id: 'NewApp' })
export type NewApp = z.infer<typeof NewApp>
export const ConfirmApp = z.strictObject({ code })
/** Shown once. Absent where codes were made before and still stand. */
export const NewRecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()).optional() })
  .meta({ id: 'NewRecoveryCodes' })
export type NewRecoveryCodes = z.infer<typeof NewRecoveryCodes>

export const OwnSession = z
  .object({
    id: z.uuid(),
    isThisOne: z.boolean(),
    createdAt: Instant,
    seenAt: Instant,
    expiresAt: Instant,
    methods: z.array(SignInMethod),
    address: z.string().optional(),
    userAgent: z.string().optional(),
  })
  .meta({ id: 'OwnSession' })
export type OwnSession = z.infer<typeof OwnSession>
export const OwnSessionList = z.object({ sessions: z.array(OwnSession) }).meta({ id: 'OwnSessionList' })
export type OwnSessionList = z.infer<typeof OwnSessionList>
export const EndedSessions = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' })
export type EndedSessions = z.infer<typeof EndedSessions>

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(['member', 'service']),
    hint: z.string().meta({ description: 'The last four characters.' }),
    scopes: z.array(Permission),
    owner: z.object({ id: MemberId, name: z.string() }).meta({ description: 'As whom it acts.' }),
    madeBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant,
    usedAt: Instant.optional(),
    usedAddress: z.string().optional(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>
export const ApiKeyList = z
  .object({
    keys: z.array(ApiKey),
    mostDays: z.int(),
    serviceAccountsOnly: z.boolean(),
    scopes: z.array(Permission).meta({ description: 'What a new key of whoever asks may be for.' }),
  })
  .meta({ id: 'ApiKeyList' })
export type ApiKeyList = z.infer<typeof ApiKeyList>
export const CreateApiKey = z.strictObject({
  name: label,
  kind: z.enum(['member', 'service']),
  scopes: z.array(Permission).min(1).max(60),
  days: z.int().min(1).max(3650),
})
export type CreateApiKey = z.infer<typeof CreateApiKey>
export const CreatedApiKey = z
  .object({ key: ApiKey, token: z.string().meta({ description: 'Shown this once.' }) })
  .meta({ id: 'CreatedApiKey' })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>
