// Kills the server again and again under load, then proves from the database and from what every reader was shown
// that nothing acknowledged was lost, nothing is there twice, and the order was kept.
import { setTimeout as pause } from 'node:timers/promises'
import { type Chance, seeded } from './chance.ts'
import { judge } from './checker.ts'
import { History, type StoredMessage } from './history.ts'
import { type Installation, install } from './installation.ts'
import { invitesForMail, judgeMail } from './mail-proof.ts'
import { type Options, optionsOf, type Victim } from './options.ts'
import { type Agent, type Contact, makeContact, makeTeam } from './people.ts'
import { openPostOffice, type PostOffice } from './post-office.ts'
import { followByPolling, followByStream, type Reader } from './readers.ts'
import { type Kill, type Outcome, report } from './report.ts'
import { agentWrites, contactWrites, type Load } from './writers.ts'

/** A browser that was refused again and again pauses up to 30 s; then it has still to ask. */
const healMs = 45_000
/** Before each kill everyone writes at once, so that it meets as much as possible on its way. */
const rushMs = 300

export async function main(args: readonly string[]): Promise<number> {
  const options = optionsOf(args)
  const postOffice = await openPostOffice(40)
  const env = { CLEW_SMTP_URL: postOffice.url, CLEW_MAIL_FROM: 'Clew <clew@clew.example>' }
  const installation = await install(options.database, env)
  try {
    console.log(`[faults] seed ${options.seed}, ${options.database} database, ${installation.dataDir}`)
    const outcome = await runLoop({ options, installation, postOffice })
    return report(outcome)
  } finally {
    if (!options.keep) await installation.remove()
    await postOffice.close()
  }
}

type Scene = { options: Options; installation: Installation; postOffice: PostOffice }

async function runLoop(scene: Scene): Promise<Outcome> {
  const { options, installation } = scene
  const chance = seeded(options.seed)
  const firstStartMs = await installation.start()
  const team = await makeTeam(installation.baseUrl, await installation.setupToken(), options.agents)
  const contacts: Contact[] = []
  for (let i = 1; i <= options.contacts; i += 1) contacts.push(await makeContact(installation.baseUrl, `contact-${i}`))
  const readers = await openReaders(team, contacts, chance)

  const closing = new AbortController()
  const giveUp = new AbortController()
  const load: Load = {
    history: new History(),
    closing: closing.signal,
    giveUp: giveUp.signal,
    conversations: [],
    rush: false,
    tally: { tries: 0, unknown: 0, refusedForNow: 0, answeredByRepeat: 0 },
  }
  const work = Promise.all([
    ...contacts.flatMap((each) => [1, 2].map(() => contactWrites(each, seeded(chance.below(2 ** 31)), load))),
    ...team.map((each) => agentWrites(each, seeded(chance.below(2 ** 31)), load)),
    invitesForMail(team, closing.signal),
  ])
  const kills = await killAgainAndAgain({ ...scene, load, work }, chance)
  closing.abort()
  const healingAt = performance.now()
  const timer = setTimeout(() => giveUp.abort(), healMs)
  await work
  clearTimeout(timer)
  const acknowledgedMs = performance.now() - healingAt
  const stored = await untilShown(installation, readers, healMs)
  const shownMs = performance.now() - healingAt
  const mail = await judgeMail(installation, scene.postOffice)
  const leftovers = await leftBehind(installation)
  for (const reader of readers) reader.close()
  const storedAtEnd = await storedMessages(installation)
  const end = await installation.terminate()
  const views = readers.map(({ view }) => view)
  return {
    options,
    firstStartMs,
    kills,
    operations: load.history.operations,
    tally: load.tally,
    stored,
    views,
    verdict: judge({ operations: load.history.operations, stored, storedAtEnd, views }),
    resyncs: readers.reduce((sum, each) => sum + each.resyncs(), 0),
    healing: { acknowledgedMs, shownMs },
    mail,
    leftovers,
    end,
    complaints: installation.complaints(),
  }
}

async function openReaders(team: readonly Agent[], contacts: readonly Contact[], chance: Chance): Promise<Reader[]> {
  const opened: Promise<Reader>[] = []
  for (const [i, { name, http }] of team.entries()) opened.push(followByStream({ name, http }, chance, i === 1))
  for (const [i, { name, http, id }] of contacts.entries())
    opened.push(followByStream({ name, http, contactId: id }, chance, i === 1))
  const [agent] = team
  const [contact] = contacts
  if (agent) opened.push(followByPolling({ name: agent.name, http: agent.http }, 1_500))
  if (contact) opened.push(followByPolling({ name: contact.name, http: contact.http, contactId: contact.id }, 1_500))
  return Promise.all(opened)
}

/** Until the time is over; the last kill is the one after which everything has to heal. */
async function killAgainAndAgain(
  scene: Scene & { load: Load; work: Promise<unknown> },
  chance: Chance,
): Promise<Kill[]> {
  const { options, installation, load } = scene
  const failed = scene.work.then(() => Promise.reject(new Error('the load ended early')))
  failed.catch(() => undefined)
  const kills: Kill[] = []
  const endAt = performance.now() + options.loadMs
  while (performance.now() < endAt) {
    // A fault of the load itself ends the run at once instead of at its end.
    await Promise.race([pause(options.killEveryMs * (0.6 + 0.8 * chance.next())), failed])
    load.rush = true
    await pause(rushMs)
    const what = options.kill ?? (options.database === 'embedded' ? chance.pick(victims) : 'server')
    kills.push({ what, readyMs: await strike(installation, what, () => (load.rush = false)) })
  }
  return kills
}

/** Mostly the server alone. */
const victims: readonly [Victim, ...Victim[]] = ['server', 'server', 'server', 'server and database', 'database']

/** Kills and brings back. Answers how long it took to be ready again. */
async function strike(installation: Installation, what: Victim, done: () => void): Promise<number> {
  if (what !== 'server') installation.killDatabase()
  if (what === 'database') {
    done()
    // What was committed may still be answered; only then does the server notice.
    await pause(100)
    return installation.heals()
  }
  await installation.killServer()
  done()
  return installation.start()
}

async function untilShown(
  installation: Installation,
  readers: readonly Reader[],
  withinMs: number,
): Promise<StoredMessage[]> {
  const startedAt = performance.now()
  for (;;) {
    const stored = await storedMessages(installation)
    const { lost } = judge({ operations: [], stored, views: readers.map(({ view }) => view) })
    if (lost.length === 0 || performance.now() - startedAt > withinMs) return stored
    await pause(250)
  }
}

async function storedMessages(installation: Installation): Promise<StoredMessage[]> {
  const rows = await installation.query(
    'SELECT id, conversation_id, contact_id, seq, internal, client_message_id FROM messages ORDER BY conversation_id, seq',
  )
  return rows.map((row) => ({
    id: String(row['id']),
    conversationId: String(row['conversation_id']),
    contactId: String(row['contact_id']),
    seq: Number(row['seq']),
    internal: row['internal'] === true,
    clientMessageId: typeof row['client_message_id'] === 'string' ? row['client_message_id'] : undefined,
  }))
}

/** Events that no subscriber could take in, and conversations whose own count does not agree with their messages. */
async function leftBehind(installation: Installation): Promise<string[]> {
  const parked = await installation.query('SELECT subscriber, error FROM parked_events')
  const miscounted = await installation.query(
    `SELECT c.id FROM conversations c
      WHERE c.last_seq <> (SELECT max(m.seq) FROM messages m WHERE m.conversation_id = c.id)`,
  )
  return [
    ...parked.map((row) => `an event was parked by ${String(row['subscriber'])}: ${String(row['error'])}`),
    ...miscounted.map((row) => `${String(row['id'])} miscounts its messages`),
  ]
}
