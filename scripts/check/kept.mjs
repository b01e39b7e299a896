// All that a process of the server keeps from one request to the next, by whom it is kept apart. `nobody`: it holds
// nothing of anybody. `request`: it lives as long as one request, job or connection and is handed to no other.
const request = (why) => ({ by: 'request', why })
const nobody = (why) => ({ by: 'nobody', why })

const oneReading = request('made for the reading of one document or file, and gone with it')
const oneTransaction = request('made for one transaction, which has one scope')
const product = nobody('what is written for everybody and is public: articles, flows, status, brand')
const plumbing = nobody('timers, workers and whether they are at it; no rows and no words')

export const kept = {
  'domains/articles/anchors.ts:used': oneReading,
  'domains/articles/library-holder.ts:class LibraryHolder': product,
  'domains/articles/library.ts:made': product,
  'domains/articles/markdown.ts:markdown': nobody('the parser as it was set up when the process began'),
  'domains/assistant/composing/write-reply.ts:latest': request('the answer to one message, while it is being written'),
  'domains/assistant/composing/write-reply.ts:judged': request('the answer to one message, while it is being written'),
  'domains/audit/record.ts:gathered': {
    by: 'organisation',
    why: 'drafts of one open transaction, listed by organisation',
  },
  'domains/audit/verify-chain.ts:class Walk': {
    by: 'organisation',
    why: 'one walk along the chain of one organisation',
  },
  'domains/contacts/token-cache.ts:kept': {
    by: 'session',
    why: 'by the hash of the token; only whose it is, for seconds',
  },
  'domains/conversations/presence.ts:class PresenceBoard': {
    by: 'conversation',
    why: 'which agents look at it; told to the team, who see every conversation',
  },
  'domains/files/coming.ts:class Coming': { by: 'contact', why: 'how many pieces of theirs are coming; a number' },
  'domains/files/image-cleaner.ts:class ImageCleaner': oneReading,
  'domains/files/use-cases/held-bytes.ts:loaded': oneReading,
  'domains/files/use-cases/store-file.ts:class Meter': oneReading,
  'domains/flows/flow-holder.ts:class FlowHolder': product,
  'domains/har/capture-reader.ts:next': nobody('a number for the next reading'),
  'domains/har/capture-reader.ts:class ThreadReader': request(
    'a thread reads one capture at a time, found by its number',
  ),
  'domains/har/capture-worker.ts:readings': request('what the one reading of this thread waits for, by its number'),
  'domains/har/use-cases/analyse-capture.ts:toldAt': request('when the progress of one capture was told last'),
  'domains/organisations/hours-line.ts:readers': nobody('the sentences of a language'),
  'domains/organisations/settings-holder.ts:class SettingsHolder': product,
  'domains/organisations/use-cases/policies/situation-of.ts:asked': oneTransaction,
  'domains/sign-in/authenticate.ts:read': request('the session of one request, under the request itself'),
  'domains/sign-in/authenticate.ts:owners': {
    by: 'session',
    why: 'by the hash of the token; only whose it is, and the session is asked for every time',
  },
  'domains/sign-in/password-rules.ts:known': nobody('the list of common passwords'),
  'domains/sign-in/passwords.ts:unusable': nobody('the hash of no password, for a sign-in of nobody'),
  'domains/single-sign-on/oidc.ts:kept': {
    by: 'connection',
    why: 'by the connection and its version, which is of one organisation; a changed one is another',
  },
  'domains/single-sign-on/saml/examine-response.ts:class Examination': oneReading,
  'domains/single-sign-on/saml/verify-signature.ts:class ?': nobody(
    'an algorithm as the library wants it, with its name',
  ),
  'domains/status/status-holder.ts:class StatusHolder': product,
  'look.ts:known': nobody('the hash of the script of the bubble'),
  'pages/once.ts:done': { by: 'session', why: 'by the id of a form, which was signed for whoever got the form' },
  'pages/page-cache.ts:kept': nobody('pages of the help centre and the tools, which are the same for everybody'),
  'pages/page-cache.ts:inSlot': nobody('the keys of the same pages'),
  'pages/service-watch.ts:looking': product,
  'pages/shell.ts:known': nobody('addresses of pages below an origin'),
  'pages/site-assets.ts:known': nobody('the names of built files'),
  'pages/static-folder.ts:kept': nobody('built files, ready to send'),
  'platform/clock.ts:at': nobody('the time of a clock that stands still, for tests and the demonstration'),
  'platform/data-dir-lock.ts:class DataDirInUseError': nobody('an error that ends the start'),
  'platform/database.ts:isClosing': plumbing,
  'platform/database.ts:fixed': nobody('statements without values: BEGIN, COMMIT, the roles'),
  'platform/database.ts:statementNames': nobody('names of prepared statements, by role; texts without their values'),
  'platform/database.ts:class OpenTransaction': oneTransaction,
  'platform/dispatcher.ts:class Dispatcher': nobody('how far each subscriber has come in the log, and who is busy'),
  'platform/embedded-postgres.ts:stopped': plumbing,
  'platform/embedded-postgres.ts:starting': plumbing,
  'platform/embedded-postgres/errors.ts:class EmbeddedPostgresError': nobody('an error that ends the start'),
  'platform/http/limits.ts:keys': { by: 'session', why: 'counts under the caller or the address; a number' },
  'platform/http/multipart.ts:class PieceReader': oneReading,
  'platform/http/register.ts:callers': request('who calls, under the request itself'),
  'platform/http/server.ts:started': request('when it began, under the request itself'),
  'platform/ids.ts:drawn': nobody('random bytes that no id has used yet'),
  'platform/job-worker.ts:class JobWorker': plumbing,
  'platform/jobs.ts:class JobRunner': plumbing,
  'platform/listener.ts:class NotificationListener': plumbing,
  'platform/mail/mailer.ts:made': nobody('the connection to the mail server'),
  'platform/metrics.ts:streams': nobody('figures of the process, without a label that names anybody'),
  'platform/metrics.ts:pool': nobody('figures of the process, without a label that names anybody'),
  'platform/metrics.ts:behind': nobody('figures of the process, by the name of a subscriber'),
  'platform/metrics.ts:parked': nobody('figures of the process, by the name of a subscriber'),
  'platform/model-provider/meter.ts:class Meter': request('what one turn of the assistant has used'),
  'platform/realtime.ts:class RealtimeHub': {
    by: 'contact',
    why: 'open streams, each with its audience; a frame goes to the team and to the contact whose event it is',
  },
  'platform/statement-batch.ts:shapes': nobody('names of columns, by the connection and the statement'),
  'platform/statement-batch.ts:class StatementBatch': oneTransaction,
  'platform/statement-batch.ts:class Item': oneTransaction,
  'platform/storage/sealed.ts:at': oneReading,
  'platform/stream-guard.ts:timer': plumbing,
  'platform/stream-guard.ts:running': plumbing,
}
