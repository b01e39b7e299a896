import { growth } from '@clew/testkit/growth'
import { expect, test } from 'vitest'
import { maskSecretsInMessage } from './mask-message.ts'

const SECRET: readonly [string, string, string][] = [
  ['my password is hunter2', 'hunter2', 'password'],
  ['My password is: Tr0ub4dor&3!', 'Tr0ub4dor&3!', 'password'],
  ['pass: sunflower', 'sunflower', 'password'],
  ['password=abc123', 'abc123', 'password'],
  ['my password for the login is sunshine and it fails', 'sunshine', 'password'],
  ['The pw is "correct horse battery".', 'correct horse battery', 'password'],
  ['ο κωδικός μου είναι Αθηνά2024', 'Αθηνά2024', 'password'],
  ['Ο ΚΩΔΙΚΌΣ μου είναι «μυστικό λόγο»', 'μυστικό λόγο', 'password'],
  ['ο κωδικος μου ειναι thalassa', 'thalassa', 'password'],
  ['kwdikos mou einai thalassa99', 'thalassa99', 'password'],
  ['o kodikos mou: thalassa', 'thalassa', 'password'],
  ['key sk-proj-abcdEFGH1234ijklMNOP', 'sk-proj-abcdEFGH1234ijklMNOP', 'api_key'],
  ['ghp_0123456789abcdefABCDEF0123456789abcd', 'ghp_0123456789abcdefABCDEF0123456789abcd', 'api_key'],
  ['api_key=9f8e7d6c5b4a', '9f8e7d6c5b4a', 'api_key'],
  ['Authorization: Bearer abcdef1234567890', 'abcdef1234567890', 'bearer'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJhbGciOiJIUzI1NiJ9', 'jwt'],
  ['card 4111 1111 1111 1111 exp 12/30', '4111 1111 1111 1111', 'card'],
  ['my verification code is 482913', '482913', 'one_time_code'],
  ['2FA: 4829', '4829', 'one_time_code'],
  ['the code is 482 913', '482 913', 'one_time_code'],
  ['ο κωδικός μιας χρήσης είναι 482913', '482913', 'one_time_code'],
  ['Cookie: sid=abcdef; theme=dark', 'sid=abcdef', 'cookie'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----', 'MIIabc', 'private_key'],
  ['here: 9aF3kL0pQx7ZbT2mWc8YvR1', '9aF3kL0pQx7ZbT2mWc8YvR1', 'secret'],
  ['my pass Tulip#Rain88 is not accepted', 'Tulip#Rain88', 'password'],
  ['the pasword is Winter-Otter-42', 'Winter-Otter-42', 'password'],
  ['I use Maple_Syrup7 as my password', 'Maple_Syrup7', 'password'],
  ['log in with bob@fir.example / Copper_Hill9', 'Copper_Hill9', 'password'],
  ['my login, password "correct horse 9"', 'correct horse 9', 'password'],
  ['vale kodiko Lemoni_99 na deis', 'Lemoni_99', 'password'],
  ['postgres://clerk:Gravel-55-Moss@db.inner.example:5432/app', 'Gravel-55-Moss', 'password'],
  ['`curl -u lee:Gravel-55-Moss https://api.northlight.example`', 'Gravel-55-Moss', 'password'],
  ['the key nl_test_00ff11ee22dd33cc', 'nl_test_00ff11ee22dd33cc', 'api_key'],
  ['The code you texted me is 604 118, it is refused', '604 118', 'one_time_code'],
  ['552913 is the code', '552913', 'one_time_code'],
  ['ο κωδικός που μου ήρθε είναι 663201', '663201', 'one_time_code'],
  ['o kwdikos pou mou hr8e einai 663201', '663201', 'one_time_code'],
  ['my password is sunflower', 'sunflower', 'password'],
  ['my password is sunflower and it was taken out', 'sunflower', 'password'],
  ['The password I was given is sunflower, shorter than 12', 'sunflower', 'password'],
  ['What I use as a password is sunflower', 'sunflower', 'password'],
  ['I wrote a password: sunflower', 'sunflower', 'password'],
  ['my password for the login page is sunflower', 'sunflower', 'password'],
  ['password: Taken out of a song', 'Taken', 'password'],
  ['password: given', 'given', 'password'],
  ['password is: given', 'given', 'password'],
  ['my password is Clear with a capital', 'Clear', 'password'],
  ['my password is clear, why does it fail?', 'clear', 'password'],
  ['The password for the account is butterfly', 'butterfly', 'password'],
  ['my password is taken2', 'taken2', 'password'],
  ['the password was see-saw', 'see-saw', 'password'],
  ['MY PASSWORD IS SUNFLOWER', 'SUNFLOWER', 'password'],
  ['ο κωδικός μου είναι ουρανός', 'ουρανός', 'password'],
  ['ο κωδικός μου είναι γιωργος και δεν μπαίνω', 'γιωργος', 'password'],
  ['ο κωδικός μου είναι μουσική', 'μουσική', 'password'],
  ['ο κωδικός μου είναι Ενεργός', 'Ενεργός', 'password'],
  ['Ο κωδικός σας είναι thalassa', 'thalassa', 'password'],
  ['ο κωδικός: ενεργός', 'ενεργός', 'password'],
  ['o kwdikos mou einai ouranos', 'ouranos', 'password'],
  ['o kwdikos mou einai kali', 'kali', 'password'],
  ['o kwdikos mou einai ximena', 'ximena', 'password'],
]

test.each(SECRET)('%s is masked', (text, secret, kind) => {
  const result = maskSecretsInMessage(text)
  expect(result.text).not.toContain(secret)
  expect(result.text).toContain(`[secret:${kind}]`)
  expect(result.masked).toContainEqual({ kind, label: `[secret:${kind}]` })
})

const HARMLESS: readonly string[] = [
  'commit 9fceb02d0ae598e95dc970b74767f19372d61af8 of our service',
  'άθροισμα ελέγχου e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'https://app.northlight.example/g/g-Pq81Rs72Tu-menu-of-the-day',
  'x-request-id=0f8fad5b-d9cb-469f-a165-70867728950e',
  'passwords must have 12 characters, mine has 14',
  'κωδικός πελάτη 104882, πότε θα απαντήσετε;',
  'Request took 120394 ms, code 504',
  'mysql://user:$PASSWORD@db.inner.example',
  'invite code SPRING2026 does not work',
  "password reset doesn't work",
  'I forgot my password',
  'my password is not working',
  'The password is wrong, it says',
  'my password was changed yesterday',
  "password: doesn't accept it",
  'the password is expired',
  'ξέχασα τον κωδικό μου',
  'ο κωδικός μου δεν λειτουργεί',
  'ο κωδικός μου είναι λάθος',
  'ο κωδικός σφάλματος είναι 413',
  'kwdikos sfalmatos einai 413',
  'error code 413413 on upload',
  'status code: 500',
  'request id req_9f8e7d6c5b4a3210AbCd and chatcmpl-9aF3kL0pQx7ZbT2mWc8YvR1',
  'cf-ray 8f2a1b3c4d5e6f70-ATH',
  'trace id: 4bf92f3577b34da6a3ce929d0e0e4736',
  'org-9aF3kL0pQx7ZbT2mWc8YvR1 and proj_9aF3kL0pQx7ZbT2mWc',
  '550e8400-e29b-41d4-a716-446655440000',
  'write to jane@northlight.example, phone 2101234567',
  'token expired again',
  'Bearer authentication fails',
  'it happened at 2026-11-24T10:15:30Z with 20481337 bytes',
  'https://app.northlight.example/settings/very-long-path-of-words-without-secrets',
  'zip code 10115, order code 123456',
  'password is shorter than 8',
  'A password is shorter than you think',
  'THE PASSWORD IS SHORTER THAN 8',
  'The password is greyer than the rest',
  'The password is eight characters long',
  'password: see below',
  'password: ask my colleague',
  'κωδικός: δείτε παρακάτω',
  'The password was taken out',
  'Your password was taken out of the message before it was stored, so I have not seen it',
  'the password was overwritten by the browser',
  'The password is kept nowhere',
  'Your password is between us',
  'the password is under the mat',
  'my password is clear to me, not to the page',
  'A password is pointless here',
  'The password field is grey',
  'I know my password and the mail is late',
  'ο κωδικός είναι ενεργός',
  'Ο ΚΩΔΙΚΟΣ ΕΙΝΑΙ ΕΝΕΡΓΟΣ',
  'ο κωδικός ήταν κλεμμένος',
  'οι κωδικοί είναι κλεμμένοι',
  'το password μου είναι χαμένο',
  'Ο κωδικός μου είναι σωστά γραμμένος',
  'ο κωδικός μου είναι μικρότερος από οκτώ χαρακτήρες',
  'ο κωδικός μου ειναι προσωπικος',
  'ο κωδικός είναι από την εταιρεία',
  'Ο κωδικός σας ήταν γραμμένος στο μήνυμα',
  'Κωδικός: τον έχω ξεχάσει',
  'ο κωδικός είναι γεμάτος σύμβολα',
  'The password is all right, and worthless to others',
  'o kwdikos einai sto minima',
  'o kwdikos einai energos',
  'o kodikos mou itan klemmenos',
  'o kwdikos mou einai swsta grammenos',
  'o kwdikos einai apo thn etaireia',
]

test.each(HARMLESS)('%s is left alone', (text) => {
  expect(maskSecretsInMessage(text)).toEqual({ text, masked: [] })
})

test('masking a masked message again changes nothing', () => {
  for (const [text] of SECRET) {
    const once = maskSecretsInMessage(text).text
    expect(maskSecretsInMessage(once)).toEqual({ text: once, masked: [] })
  }
})

test.each([' ', 'a', 'password ', ':a', '1', 'code is '])(
  'a message of nothing but %j is read in linear time',
  async (piece) => {
    const ofLength = (length: number) => piece.repeat(length / piece.length)
    expect(await growth(maskSecretsInMessage, ofLength, { from: 40_000, factor: 4 })).toBeLessThan(8)
  },
)
