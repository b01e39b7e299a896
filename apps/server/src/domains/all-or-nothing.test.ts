import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { Dispatcher } from '../platform/dispatcher.ts'
import { JobWorker } from '../platform/job-worker.ts'
import {
  type DescribedApi,
  type DescribedRoute,
  describedApi,
  type Hint,
  requestFor,
} from '../testkit/described-api.ts'
import { plantRows } from '../testkit/plant-rows.ts'
import { createWorld, type World } from '../testkit/world.ts'
import { matrix } from './authorization.matrix.ts'

/**
 * A failpoint behind every row that a request writes: it is asked once for each, and fails there. Whatever it had
 * written until then must be gone; and when it is asked without one, it does its work.
 */
let world: World
let api: DescribedApi
let callers: Record<'team' | 'customer' | 'contact', Record<string, string>>
const known = new Map<string, string>()

beforeAll(async () => {
  // Nobody else may write meanwhile: what is left to jobs stays where it is.
  vi.spyOn(JobWorker.prototype, 'start').mockReturnValue()
  holdSubscribers()
  world = await createWorld({ limitFactor: 1_000_000, config: { baseUrl: 'http://localhost' } })
  api = await describedApi(world.app)
  const [team, customer, contact] = [await world.supportTeam(), await world.organisation(), await world.contact()]
  callers = {
    team: (await world.member(team, 'owner')).headers,
    customer: (await world.member(customer, 'owner')).headers,
    contact: contact.headers,
  }
  await world.member(team, 'owner')
  await world.member(customer, 'owner')
  await world.rows('UPDATE contacts SET organisation_id = $1 WHERE id = $2', [customer, contact.id])
  await plantRows(world, { organisationId: customer, contactId: contact.id, word: 'planted' })
  for (const { name } of await world.rows(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)) {
    const [row] = await world.rows(
      `SELECT to_jsonb(t) ->> 'id' AS id FROM ${String(name)} t ORDER BY ctid DESC LIMIT 1`,
    )
    if (row?.['id']) known.set(String(name), String(row['id']))
  }
  await plantFailpoints()
})
afterAll(() => world.close())

/** What is left to subscribers stays where it is, too. Said before each part: mocks end with it. */
function holdSubscribers(): void {
  for (const step of ['heard', 'wake'] as const) vi.spyOn(Dispatcher.prototype, step).mockReturnValue()
}

/** Of the table that a parameter names: `conversationId` of `conversations`. */
const ids: Hint = (field, schema) => {
  const table = /^(\w+)Id$/.exec(field)?.[1]?.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (table === undefined || schema.format !== 'uuid') return undefined
  return [...known].find(([name]) => name === `${table}s` || name.endsWith(`_${table}s`) || name === table)?.[1]
}

const plantFailpoints = () =>
  world.rows(`
    CREATE SEQUENCE failpoint;
    CREATE TABLE failpoint_at (place bigint);
    INSERT INTO failpoint_at VALUES (0);
    CREATE TABLE failpoint_kept (name text);
    CREATE FUNCTION failpoint() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      IF current_setting('application_name') <> 'clew' THEN RETURN NULL; END IF;
      IF nextval('failpoint') = (SELECT place FROM failpoint_at) THEN RAISE EXCEPTION 'failpoint'; END IF;
      INSERT INTO failpoint_kept VALUES (TG_TABLE_NAME);
      RETURN NULL;
    END $$;
    DO $$ DECLARE each record; BEGIN
      FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'failpoint%' LOOP
        EXECUTE format('CREATE TRIGGER failpoint AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION failpoint()', each.name);
      END LOOP;
    END $$;`)

/** Notes that somebody was here, beside what was asked for. */
const besides = /^(agent_sessions|contact_sessions|members)$/

/** What may stay when the rest fails, since it was written first on purpose. */
const kept: Readonly<Record<string, RegExp>> = {
  // A try counts before it is known how it ends.
  'POST /session': /^sign_in_failures$/,
  // That somebody asked for the log is in the log before anything leaves.
  'POST /console/audit/exports': /^(events|audit_(personal|events|heads))$/,
  // The installation's key, made when it is first needed.
  'POST /console/audit/verify': /^audit_keys$/,
}

async function ask(route: DescribedRoute, failAt: number) {
  await world.rows(`SELECT setval('failpoint', 1, false)`)
  await world.rows('UPDATE failpoint_at SET place = $1', [failAt])
  await world.rows('DELETE FROM failpoint_kept')
  const request = requestFor(api, route, (field, schema) => matrix[route.name]?.sample?.[field] ?? ids(field, schema))
  const bytes = /\/(files|logo|inspect|import)$/.test(route.path) ? { payload: Buffer.from('x') } : {}
  const headers = { ...request.headers, ...callerOf(route) }
  const answer = await world.app.inject({ ...request, ...bytes, headers })
  const [{ written } = {}] = await world.rows(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::int AS written FROM failpoint',
  )
  const stayed = (await world.rows('SELECT DISTINCT name FROM failpoint_kept')).map(({ name }) => String(name))
  const wrong = stayed.filter((name) => !besides.test(name) && !kept[route.name]?.test(name))
  return { answer, written: Number(written), wrong }
}

function callerOf({ doors, path }: DescribedRoute): Record<string, string> {
  if (doors.includes('contact')) return callers.contact
  if (doors.length === 0) return {}
  return path.includes('/console/') ? callers.customer : callers.team
}

const isChange = ({ method }: DescribedRoute): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(String(method))
const isFine = ({ statusCode }: LightMyRequestResponse): boolean => statusCode < 400

test('what fails in the middle leaves nothing, wherever that is', { timeout: 300_000 }, async () => {
  holdSubscribers()
  const left: string[] = []
  const done: string[] = []
  let failed = 0
  for (const route of api.routes.filter((each) => isChange(each) && !matrix[each.name]?.last)) {
    for (let place = 1; place < 200; place += 1) {
      const { answer, written, wrong } = await ask(route, place)
      if (written < place) {
        if (isFine(answer) && place > 1) done.push(route.name)
        break
      }
      failed += 1
      if (isFine(answer)) left.push(`${route.name} says that it is done, and failed at ${place}`)
      if (wrong.length > 0) left.push(`${route.name} failed at ${place} and kept ${wrong.join(', ')}`)
    }
  }
  expect(left).toEqual([])
  expect(failed).toBeGreaterThan(250)
  expect(done.length).toBeGreaterThan(50)
})

/**
 * Whatever does its work in one transaction does all of it or nothing: that is the database's promise, proved above.
 * These take several, and each is whole after each of them.
 */
const inSteps: Readonly<Record<string, string>> = {
  // A try counts before it is known how it ends, or a thousand at once would be one.
  'sign-in/sign-in.ts signIn': 'the try, its failure, the entry',
  'sign-in/pass-second-factor.ts passSecondFactor': 'the try, the entry',
  'sign-in/prove-again.ts proveAgain': 'the try, the proof',
  'sign-in/change-password.ts changePassword': 'the try, the password',
  'sign-in/reset-password.ts resetPassword': 'looks, then writes once',
  'har/open-link.ts enterLink': 'the try, and that it was right',
  // Reading notes that somebody was here.
  'sign-in/read-api-key.ts readApiKey': 'reads, then notes the use',
  'sign-in/read-session.ts readSession': 'reads, then notes the use',
  'provisioning/admit-token.ts admitToken': 'reads, then notes the use',
  'files/read-file.ts readFile': 'reads only',
  'exports/take-own-copy.ts openStored': 'reads only',
  'flows/exchange-flow.ts inspectFile': 'reads only',
  'audit/read-log.ts readOverview': 'reads only',
  'single-sign-on/diagnose.ts diagnoseForAdmin': 'reads only',
  'notifications/follow-in-chat.ts followInChat': 'looks, then writes once',
  'conversations/start-conversation.ts startConversation':
    'writes once; whoever came second reads what the first wrote',
  // Somebody is told that it was asked for, whatever becomes of it.
  'audit/export-log.ts exportLog': 'that it was asked for, the checkpoint',
  'exports/take-own-copy.ts noteTaken': 'one note for each organisation',
  'provisioning/carry-out.ts carryOut': 'the change, or what was refused',
  'single-sign-on/finish-sign-in.ts withoutThrowing': 'the entry, or the attempt that failed',
  // Looks at something outside between two transactions, and looks again whether it is as it was.
  'assistant/compose-reply.ts composeReply': 'asks a model between',
  'audit/deliver-stream.ts deliverStream': 'sends between; what is sent twice has the same id',
  'har/correlate-capture.ts correlateCapture': 'reads a file between',
  'har/analyse-capture.ts analyseCapture': 'reads and writes a file between; begun again after ten minutes',
  'organisations/check-domain.ts checkDomain': 'asks name servers between',
  'organisations/store-logo.ts uploadLogo': 'looks, then writes once',
  'single-sign-on/view-organisation.ts viewSignIn': 'notes the look, then reads',
  'single-sign-on/update-connection.ts updateConnection': 'fetches metadata between',
  'exports/build-export.ts gather': 'reads only',
  'exports/plan-export.ts planExport': 'reads only',
  'exports/take-own-account.ts takeOwnAccount': 'reads, then notes that it was taken',
  'exports/build-export.ts write': 'writes a file between; a new try begins anew',
  'files/scan-waiting.ts scanOne': 'asks the scanner between',
  // First what is known of bytes, then the bytes; what is left over is found by the next sweep.
  'files/end-upload.ts sweepUploads': 'each upload by itself',
  'files/end-upload.ts releaseUpload': 'the bytes, then their rows',
  'exports/clean-export.ts cleanExport': 'the bytes, then their rows',
  'exports/sweep-exports.ts sweepExports': 'each export by itself',
  // Finds what is due, then does each by itself.
  'audit/check-and-sign.ts checkAndSign': 'each chain by itself',
  'har/recheck-captures.ts recheckCaptures': 'each capture by itself',
  'organisations/expire-members.ts expireMembers': 'each member by itself',
  'provisioning/remind-of-tokens.ts remindOfTokens': 'each token by itself',
  'retention/begin-runs.ts beginRuns': 'each run by itself',
  'retention/finish-erasures.ts finishErasures': 'each erasure by itself',
  'retention/work-run.ts workRun': 'in batches, each with its tombstones',
  'single-sign-on/require-sso.ts endOldSessions': 'in batches',
}

test('a use case does its work in one transaction, or says here what its steps are', () => {
  const found: string[] = []
  const folder = import.meta.dirname
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    const [room, kind] = file.split(path.sep)
    if (kind !== 'use-cases' || !/(?<!\.test)\.ts$/.test(file)) continue
    const parts = readFileSync(path.join(folder, file), 'utf8').split(
      /\n(?=(?:export )?(?:async )?function |(?:export )?const \w+ = )/,
    )
    for (const part of parts) {
      const name = /(?:function|const) (\w+)/.exec(part)?.[1]
      if ((part.match(/\b\w+(?:\([^()]*\))?\.transaction\(/g) ?? []).length > 1)
        found.push(`${room}/${path.basename(file)} ${name}`)
    }
  }
  expect(found.sort()).toEqual(Object.keys(inSteps).sort())
})
