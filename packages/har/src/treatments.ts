/**
 * What happens to every field that a capture may have. A field that is not listed is unknown, and unknown is denied.
 *
 * keep      a word or a number of the protocol; patterns still look through it
 * words     a short message of the browser or the server: kept, all patterns look through it
 * number    kept when it is a number, or a string of one
 * word      kept when it is a plain word, such as the name of an event
 * id        kept when it is a plain reference, else a pseudonym
 * url       cleaned part by part
 * title     an address is cleaned as one, words are denied
 * text      free words: denied
 * address   of a server: kept
 * drop      removed
 * held      cleaned by what walks the object that holds it, else removed
 * The rest name a walker of their own.
 */
export type Treatment =
  | 'keep'
  | 'words'
  | 'number'
  | 'word'
  | 'id'
  | 'url'
  | 'title'
  | 'text'
  | 'address'
  | 'drop'
  | 'held'
  | 'headers'
  | 'header-lines'
  | 'cookies'
  | 'parameters'
  | 'post-data'
  | 'content'
  | 'messages'
  | { object: TreatmentTable }
  | { list: TreatmentTable }

export type TreatmentTable = ReadonlyMap<string, Treatment>

type Rows = Partial<Record<Extract<Treatment, string>, string>>

/** Rows of names per treatment, then the fields that have a table of their own. */
function table(rows: Rows, nested: Readonly<Record<string, Treatment>> = {}): TreatmentTable {
  const map = new Map<string, Treatment>()
  for (const [treatment, names] of Object.entries(rows)) {
    for (const name of names.trim().split(/\s+/)) map.set(name, treatment as Extract<Treatment, string>)
  }
  for (const [name, treatment] of Object.entries(nested)) map.set(name, treatment)
  return map
}

const CALL_FRAME = table({ id: 'scriptId', number: 'lineNumber columnNumber', url: 'url', keep: 'functionName' })

/** Async stacks nest; five levels are more than anybody follows. */
function stackTable(levels: number): TreatmentTable {
  const nested: Record<string, Treatment> = { callFrames: { list: CALL_FRAME } }
  if (levels > 0) nested['parent'] = { object: stackTable(levels - 1) }
  return table({ keep: 'description', drop: 'parentId' }, nested)
}

const INITIATOR = table(
  { keep: 'type', url: 'url', number: 'lineNumber columnNumber', id: 'requestId' },
  { stack: { object: stackTable(5) } },
)

const SECURITY = table({
  keep: 'protocol subjectName issuer cipher keyExchange keyExchangeGroup mac certificateTransparencyCompliance',
  number: 'validFrom validTo certificateId serverSignatureAlgorithm',
  drop: 'signedCertificateTimestampList sanList encryptedClientHello',
})

const CACHE_STATE = table({ keep: 'expires lastAccess eTag', number: 'hitCount', text: 'comment' })

const TIMINGS = table({
  number: `blocked dns connect send wait receive ssl _blocked_queueing _blocked_proxy _queued _workerStart _workerReady _workerFetchStart
    _workerRespondWithSettled _workerRouterEvaluationStart _workerCacheLookupStart`,
  text: 'comment',
})

const REQUEST = table({
  keep: 'method httpVersion headersCompression',
  url: 'url',
  headers: 'headers',
  cookies: 'cookies',
  parameters: 'queryString',
  'post-data': 'postData',
  number: 'headersSize bodySize _timestamp _transferSize',
  text: 'comment',
})

const RESPONSE = table({
  words: 'statusText _error _failureText',
  keep: 'httpVersion _fetchedViaServiceWorker _charlesStatus _serviceWorkerResponseSource ok fromDiskCache fromEarlyHints fromPrefetchCache fromServiceWorker',
  number: 'status headersSize bodySize _transferSize headersCompression _timestamp _serviceWorkerRouterInfo',
  url: 'redirectURL redirectionURL url',
  headers: 'headers',
  cookies: 'cookies',
  content: 'content',
  id: '_responseCacheStorageCacheName',
  text: 'comment',
})

export const ENTRY: TreatmentTable = table(
  {
    keep: `startedDateTime _priority _initialPriority _initial_priority _resourceType _fromCache _fetchType _securityState _phase _type _method
      _protocol _tls_version _tls_cipher_suite _tls_next_proto _cdn_provider _contentEncoding _contentType _renderBlocking _requestType _request_type
      _initiator_type _charlesStatus _isHTTPS _isLinkPreload _isSameSite _isIntercepted _isLCP _is_base_page _is_secure _final_base_page _was_pushed
      _cacheControl _responseStatus _wasAborted _wasFulfilled _wasContinued _apiRequest cancelled webSocket`,
    words: '_error',
    number: `time connection _connectionId _serverPort _server_port _monotonicTime _index _number _run _cached _cache_time _responseCode _bytesIn _bytesOut _objectSize
      _objectSizeUncompressed _load_ms _load_start _load_end _load_start_float _ttfb_ms _ttfb_start _ttfb_end _download_ms _download_start
      _download_end _dns_ms _dns_start _dns_end _connect_ms _connect_start _connect_end _ssl_ms _ssl_start _ssl_end _all_ms _all_start _all_end _created
      _requestTime _server_rtt _server_count _blockingTime _connectTimeMs _connectEndTimeMs _dnsTimeMs _dnsEndTimeMs _sslStartTimeMs _gzip_save _gzip_total
      _image_save _image_total _minify_save _minify_total _cpuTime _http2_stream_id _http2_stream_dependency _http2_stream_weight _http2_stream_exclusive
      _socket _tls_resumed _initiator_line _initiator_column _jpeg_scan_count _score_cache _score_cdn _score_combine _score_compress _score_cookies
      _score_etags _score_gzip _score_keep-alive _score_minify _score_progressive_jpeg index`,
    id: 'pageref _frameref _frame_id _requestId _request_id _id _netlog_id _raw_id _initiator_script_id',
    url: '_documentURL _full_url _url _initiator_detail _body_url',
    address: 'serverIPAddress _ip_addr _serverAddress',
    text: 'comment',
    drop: `_clientAddress _clientName _clientPort _client_port _remoteDeviceIP _certificates _chunks _body_file _body_hash _body_id _name _host _js_timing _font_details
      _image_details _dns_details _dns_info _cpuTimes _http2_server_settings _socket_group _expires _disposition _initiator_function _initiator_function_name
      _splash_processing_state variables checks`,
    messages: '_webSocketMessages _eventSourceMessages _webSocketFrames',
  },
  {
    request: { object: REQUEST },
    response: { object: RESPONSE },
    timings: { object: TIMINGS },
    cache: {
      object: table(
        { text: 'comment' },
        { beforeRequest: { object: CACHE_STATE }, afterRequest: { object: CACHE_STATE } },
      ),
    },
    _initiator: { object: INITIATOR },
    _securityDetails: { object: SECURITY },
    _headers: { object: table({ 'header-lines': 'request response' }) },
  },
)

const PAGE_TIMINGS = table({
  number: `onContentLoad onLoad _startRender _firstPaint _firstContentfulPaint _largestContentfulPaint _domContentLoadedTime _domInteractiveTime
    _firstVisualChange _lastVisualChange _visualComplete85 _visualComplete95 _visualComplete99`,
  text: 'comment',
})

const PAGE = table(
  {
    keep: 'startedDateTime _browser_name _browser_version _base_page_cdn',
    id: 'id',
    title: 'title',
    url: '_URL _url',
    number: `index _loadTime _fullyLoaded _TTFB _docTime _requests _render _firstPaint _firstContentfulPaint _largestContentfulPaint _SpeedIndex _visualComplete
      _lastVisualChange _domContentLoadedEventStart _domContentLoadedEventEnd _domInteractive _domComplete _loadEventStart _loadEventEnd _domTime _domElements
      _run _cached _bytesIn _bytesOut _bytesInDoc _bytesOutDoc _requestsDoc _requestsFull _responses_200 _responses_404 _responses_other _result _connections
      _date _server_rtt _server_count _effectiveBps _effectiveBpsDoc _fullyLoadedCPUms _fullyLoadedCPUpct _docCPUms _docCPUpct _userTime _titleTime
      _testStartOffset _bwDown _bwUp _latency _plr _score_cache _score_cdn _score_gzip _score_cookies _score_keep-alive _score_minify _score_combine
      _score_compress _score_etags _score_progressive_jpeg _gzip_total _gzip_savings _minify_total _minify_savings _image_total _image_savings`,
    drop: '_title _meta _visualMetrics _cpu _main_frame _host _name _script _testinfo',
    text: 'comment',
  },
  { pageTimings: { object: PAGE_TIMINGS } },
)

const PRODUCT = table({ keep: 'name version', text: 'comment' })

export const LOG: TreatmentTable = table(
  { keep: 'version', text: 'comment' },
  { creator: { object: PRODUCT }, browser: { object: PRODUCT }, pages: { list: PAGE } },
)

export const POST_DATA: TreatmentTable = table({
  held: 'text',
  keep: 'mimeType encoding',
  parameters: 'params',
  text: 'comment',
  drop: 'cookies headers httpVersion method queryString url _encoding',
})

export const CONTENT: TreatmentTable = table({
  held: 'text encoding',
  keep: 'mimeType charset',
  number: 'size compression',
  text: 'comment',
  drop: '_file _sha1 _md5',
})

export const MESSAGE: TreatmentTable = table({
  held: 'data',
  word: 'type eventName eventId',
  number: 'time opcode',
  drop: 'mask',
})
