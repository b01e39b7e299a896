/** What HAR 1.2 says about each object, as data. */

export type FieldKind =
  | 'text'
  | 'name'
  | 'date'
  | 'url'
  | 'number'
  | 'size'
  | 'duration'
  | 'status'
  | 'flag'
  | 'address'
  | 'base64_mark'
  | 'header_name'
  | 'any'

export type Field =
  | { is: FieldKind; required: boolean }
  | { is: 'object'; required: boolean; shape: ShapeName }
  | { is: 'list'; required: boolean; of: ShapeName }

export type ShapeName =
  | 'creator'
  | 'page'
  | 'pageTimings'
  | 'entry'
  | 'request'
  | 'response'
  | 'cookie'
  | 'pair'
  | 'header'
  | 'postData'
  | 'param'
  | 'content'
  | 'cache'
  | 'cacheState'
  | 'timings'

type Shape = Readonly<Record<string, Field>>

const must = (is: FieldKind): Field => ({ is, required: true })
const may = (is: FieldKind): Field => ({ is, required: false })
const object = (shape: ShapeName, required = true): Field => ({ is: 'object', required, shape })
const list = (of: ShapeName, required = true): Field => ({ is: 'list', required, of })

export const SHAPES: Readonly<Record<ShapeName, Shape>> = {
  creator: { name: must('text'), version: must('text'), comment: may('text') },
  page: {
    startedDateTime: must('date'),
    id: must('name'),
    title: must('text'),
    pageTimings: object('pageTimings'),
    comment: may('text'),
  },
  pageTimings: { onContentLoad: may('duration'), onLoad: may('duration'), comment: may('text') },
  entry: {
    pageref: may('text'),
    startedDateTime: must('date'),
    time: must('duration'),
    request: object('request'),
    response: object('response'),
    cache: object('cache'),
    timings: object('timings'),
    serverIPAddress: may('address'),
    connection: may('text'),
    comment: may('text'),
  },
  request: {
    method: must('name'),
    url: must('url'),
    httpVersion: must('text'),
    cookies: list('cookie'),
    headers: list('header'),
    queryString: list('pair'),
    postData: object('postData', false),
    headersSize: must('size'),
    bodySize: must('size'),
    comment: may('text'),
  },
  response: {
    status: must('status'),
    statusText: must('text'),
    httpVersion: must('text'),
    cookies: list('cookie'),
    headers: list('header'),
    content: object('content'),
    redirectURL: must('text'),
    headersSize: must('size'),
    bodySize: must('size'),
    comment: may('text'),
  },
  cookie: {
    name: must('text'),
    value: must('text'),
    path: may('text'),
    domain: may('text'),
    // Sessions have none, and what a server sent is no fault of the exporter.
    expires: may('any'),
    httpOnly: may('flag'),
    secure: may('flag'),
    comment: may('text'),
  },
  pair: { name: must('text'), value: must('text'), comment: may('text') },
  header: { name: must('header_name'), value: must('text'), comment: may('text') },
  postData: { mimeType: must('text'), params: list('param', false), text: may('text'), comment: may('text') },
  param: {
    name: must('text'),
    value: may('text'),
    fileName: may('text'),
    contentType: may('text'),
    comment: may('text'),
  },
  content: {
    size: must('size'),
    compression: may('number'),
    mimeType: must('text'),
    text: may('text'),
    encoding: may('base64_mark'),
    comment: may('text'),
  },
  cache: {
    beforeRequest: object('cacheState', false),
    afterRequest: object('cacheState', false),
    comment: may('text'),
  },
  cacheState: {
    expires: may('text'),
    lastAccess: must('text'),
    eTag: must('text'),
    hitCount: must('number'),
    comment: may('text'),
  },
  timings: {
    blocked: may('duration'),
    dns: may('duration'),
    connect: may('duration'),
    send: must('duration'),
    wait: must('duration'),
    receive: must('duration'),
    ssl: may('duration'),
    comment: may('text'),
  },
}
