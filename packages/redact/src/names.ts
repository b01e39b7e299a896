export type NameKind = 'password' | 'token' | 'cookie' | 'email' | 'personal'

/**
 * What a field's name says about its value, in any spelling (`X-Api-Key`, `accessToken`, `user[email]`, `ΚΩΔΙΚΟΣ`).
 * Undefined means that the name says nothing, not that the value is harmless.
 */
export function classifyName(name: string): NameKind | undefined {
  if (name.length > 128) return undefined
  const known = remembered.get(name)
  if (known !== undefined) return known === 'none' ? undefined : known
  const kind = classifyWords(wordsOf(name))
  if (remembered.size > 5_000) remembered.clear()
  remembered.set(name, kind ?? 'none')
  return kind
}

const remembered = new Map<string, NameKind | 'none'>()

function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}

const PASSWORD_WORDS = words(`
  password passwd passphrase passcode pwd pass passwort pw pin otp totp mfa cvv cvc cvn userpass currentpassword
  newpassword oldpassword passwordconfirmation userpassword loginpassword j_password kwdikos kodikos κωδικος συνθηματικο`)

const TOKEN_WORDS = words(`
  token accesstoken refreshtoken idtoken authtoken sessiontoken csrftoken xsrftoken secret secrets clientsecret apikey
  apitoken accesskey secretkey privatekey authorization authentication auth oauth bearer jwt jws session sessionid sessid
  sid sess phpsessid jsessionid csrf xsrf csrfmiddlewaretoken requestverificationtoken nonce credential credentials
  creds signature sig sign hmac assertion samlresponse samlrequest samlart samltoken relaystate ticket verifier codeverifier licensekey
  appkey authkey accountkey sharedkey keyid assoc hash digest captcha recaptcha turnstile fingerprint deviceid visitorid
  sas apisecret bearertoken jwttoken magic invite invitation otc xoxc viewstate eventvalidation`)

const KEY_QUALIFIERS = words(
  'api access private secret auth client session signing signature encryption subscription license account app shared master service account ssh',
)

const COOKIE_WORDS = words('cookie cookies setcookie')

const EMAIL_WORDS = words('email mail emails emailaddress useremail loginhint upn')

const PERSONAL_WORDS = words(`
  phone phones telephone tel mobile cell msisdn fax firstname lastname givenname familyname middlename surname fullname
  displayname username usernames nickname login fname lname address street addr city town zip zipcode postcode postalcode
  birthday birthdate dateofbirth dob birth born bornat bornon ssn sin afm amka vat taxid nin nationalid passport gender sex latitude longitude
  lat lon lng geo coords coordinates geolocation ip ipaddress clientip remoteaddr remoteip iban bic swift card cardnumber pan creditcard accountnumber
  salary customer contact recipient sender attendee maiden nationality ethnicity religion iplocation userid uid userguid
  avatar picture ονομα επωνυμο ονοματεπωνυμο τηλεφωνο κινητο διευθυνση αφμ αμκα`)

/** A name says something only when one of these stands in its letters, or a qualified `key`. */
export const TELLING_WORDS: readonly string[] = [
  ...PASSWORD_WORDS,
  ...TOKEN_WORDS,
  ...COOKIE_WORDS,
  ...EMAIL_WORDS,
  ...PERSONAL_WORDS,
]

/** Names that hold one of the words above and are harmless all the same. */
const HARMLESS_NAMES = words(`
  tokentype tokenendpoint tokenexpires tokenexpiry tokencount totaltokens prompttokens completiontokens maxtokens
  inputtokens outputtokens sessionduration sessioncount passthrough signin signup signout signinmethod authmethod authtype
  authmode authscheme authstatus authtime authority hashalgorithm signaturealgorithm keytype keysize passwordpolicy
  passwordless passwordrequired geoip mailto emailverified phoneverified emailcount`)

function classifyWords(parts: readonly string[]): NameKind | undefined {
  const joined = parts.join('')
  if (HARMLESS_NAMES.has(joined)) return undefined
  if (has(PASSWORD_WORDS, parts, joined)) return 'password'
  if (has(TOKEN_WORDS, parts, joined) || isQualifiedKey(parts)) return 'token'
  if (has(COOKIE_WORDS, parts, joined)) return 'cookie'
  if (has(EMAIL_WORDS, parts, joined)) return 'email'
  if (has(PERSONAL_WORDS, parts, joined)) return 'personal'
  return undefined
}

function has(set: ReadonlySet<string>, parts: readonly string[], joined: string): boolean {
  return set.has(joined) || parts.some((part, i) => set.has(part) || set.has(part + (parts[i + 1] ?? '')))
}

function isQualifiedKey(parts: readonly string[]): boolean {
  return parts.some((part, i) => (part === 'key' || part === 'keys') && KEY_QUALIFIERS.has(parts[i - 1] ?? ''))
}
