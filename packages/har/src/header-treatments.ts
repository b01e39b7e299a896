export type HeaderTreatment =
  | 'keep'
  /** Kept without looking for cards, phones and addresses: digits there are ids, versions or hashes. */
  | 'keep-raw'
  | 'cookie'
  | 'set-cookie'
  | 'authorization'
  | 'url'
  | 'link'
  | 'refresh'
  | 'address'
  /** Kept, but for what the addresses in it carry. */
  | 'policy'
  /** How to sign in: the scheme and what went wrong stay, what a client would answer with goes. */
  | 'challenge'
  /** Kept after its escapes are undone and it is searched: the words of an error. */
  | 'words'
  /** A number, or the address of a page. */
  | 'page'
  | 'route'
  | 'via'
  | 'server-timing'
  /** Subprotocols of a WebSocket, among which some clients hide a token. */
  | 'protocols'

function names(list: string): string[] {
  return list.trim().split(/\s+/)
}

const KEEP_RAW = names(`
  :authority access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin
  access-control-allow-private-network access-control-expose-headers access-control-max-age access-control-request-headers
  access-control-request-method access-control-request-private-network allow-origin :method :scheme :status :protocol accept accept-charset accept-encoding accept-language accept-patch accept-ranges
  accept-ch accept-post age allow alt-svc alt-used cache-control cf-cache-status cf-ray cf-mitigated cf-ipcountry clear-site-data connection
  content-encoding content-language content-length content-md5 content-range content-type critical-ch cross-origin-resource-policy
  date deprecation device-memory dnt downlink dpr early-data ect etag expect expires host http2-settings if-match if-modified-since
  if-none-match if-range if-unmodified-since keep-alive last-modified max-forwards observe-browsing-topics origin-agent-cluster origin-trial 
  feature-policy pragma prefer priority proxy-connection range ratelimit ratelimit-limit ratelimit-policy
  ratelimit-remaining ratelimit-reset retry-after rtt save-data sec-gpc
  sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-fetch-storage-access sec-purpose purpose sec-websocket-extensions sec-websocket-version status access-control-allow-method
  server strict-transport-security sunset supports-loading-mode tcn te timing-allow-origin tk trailer transfer-encoding
  tus-resumable tus-version tus-extension tus-max-size upgrade upgrade-insecure-requests upload-length upload-offset upload-complete
  upload-draft-interop-version user-agent vary viewport-width width
  x-cache x-cache-hits x-cache-status x-cdn x-content-type-options x-dns-prefetch-control x-download-options x-frame-options x-permitted-cross-domain-policies
  x-powered-by x-proxy-cache x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-ratelimit-used x-ratelimit-resource x-requested-with x-robots-tag
  x-runtime x-served-by x-timer x-ua-compatible x-varnish x-version x-xss-protection x-response-time x-aspnet-version x-aspnetmvc-version x-generator
  x-drupal-cache x-litespeed-cache x-github-media-type x-github-api-version x-accel-buffering x-edge-location x-amz-cf-pop x-azure-ref x-msedge-ref
  x-amzn-errortype x-amz-error-code x-error-code x-cache-lookup x-upload-content-type x-upload-content-length
  openai-version openai-model openai-processing-ms anthropic-version anthropic-beta x-stainless-lang x-stainless-os x-stainless-runtime
  x-stainless-package-version x-stainless-retry-count x-stainless-arch x-stainless-async x-stainless-runtime-version x-stainless-timeout
  x-should-retry x-envoy-upstream-service-time x-kong-upstream-latency x-kong-proxy-latency x-kong-response-latency
  x-firefox-spdy x-http-method-override x-client-version x-app-version x-api-version api-version grpc-status grpc-encoding grpc-accept-encoding
  x-vercel-cache x-nextjs-cache idempotency-replayed referrer-policy surrogate-control cdn-cache-control cloudflare-cdn-cache-control x-cacheable x-cache-age x-age x-request-time
  x-amz-server-side-encryption x-amz-storage-class x-amz-replication-status x-goog-storage-class x-goog-generation x-goog-metageneration
  x-goog-stored-content-encoding x-goog-stored-content-length x-goog-hash x-ms-blob-type x-ms-lease-status x-ms-lease-state x-ms-version cf-polished cf-bgj
  x-akamai-transformed x-forwarded-port x-accel-version x-fastly-backend-reqs x-sucuri-cache x-turbo-charged-by x-oss-object-type x-oss-storage-class
  x-firefox-http3 x-permitted-cross-domain-policies x-server-name x-server-generated available-dictionary use-as-dictionary digest want-digest
  repr-digest x-b3-sampled x-rate-limit-limit x-rate-limit-remaining x-rate-limit-reset ratelimit-used x-quota-remaining   
        x-sunset accept-datetime memento-datetime alternates negotiate
  sec-speculation-tags no-vary-search activate-storage-access sec-browsing-topics
  sec-ch-ua sec-ch-ua-arch sec-ch-ua-bitness sec-ch-ua-form-factors sec-ch-ua-full-version sec-ch-ua-full-version-list sec-ch-ua-mobile sec-ch-ua-model
  sec-ch-ua-platform sec-ch-ua-platform-version sec-ch-ua-wow64 sec-ch-prefers-color-scheme sec-ch-prefers-contrast sec-ch-prefers-reduced-data
  sec-ch-prefers-reduced-motion sec-ch-prefers-reduced-transparency sec-ch-forced-colors sec-ch-device-memory sec-ch-dpr sec-ch-width
  sec-ch-viewport-width sec-ch-viewport-height sec-ch-downlink sec-ch-ect sec-ch-rtt sec-ch-save-data sec-ch-lang `)

const POLICIES = names(`
  content-security-policy content-security-policy-report-only x-content-security-policy x-webkit-csp report-to reporting-endpoints nel expect-ct cross-origin-embedder-policy
  cross-origin-embedder-policy-report-only cross-origin-opener-policy cross-origin-opener-policy-report-only permissions-policy permissions-policy-report-only integrity-policy document-policy speculation-rules p3p`)

const KEEP = names('content-disposition')

const TREATMENTS = new Map<string, HeaderTreatment>([
  ...KEEP_RAW.map((name) => [name, 'keep-raw'] as const),
  ...POLICIES.map((name) => [name, 'policy'] as const),
  ...KEEP.map((name) => [name, 'keep'] as const),
  ...names('cookie cookie2').map((name) => [name, 'cookie'] as const),
  ...names('set-cookie set-cookie2').map((name) => [name, 'set-cookie'] as const),
  ...names('authorization proxy-authorization').map((name) => [name, 'authorization'] as const),
  ...names(
    'location content-location referer referrer origin :path x-original-url x-rewrite-url x-matched-path x-nextjs-matched-path x-middleware-rewrite sourcemap x-sourcemap x-forwarded-host x-forwarded-proto',
  ).map((name) => [name, 'url'] as const),
  ['link', 'link'],
  ...names(
    'warning grpc-message x-error-message x-amzn-errormessage x-amz-error-message x-squid-error x-api-warn x-deprecation',
  ).map((name) => [name, 'words'] as const),
  ...names('x-page x-per-page x-total x-total-count x-total-pages x-next-page x-prev-page').map(
    (name) => [name, 'page'] as const,
  ),
  ['x-envoy-decorator-operation', 'route'],
  ['via', 'via'],
  ['server-timing', 'server-timing'],
  ...names('www-authenticate proxy-authenticate').map((name) => [name, 'challenge'] as const),
  ['sec-websocket-protocol', 'protocols'],
  ['refresh', 'refresh'],
  ...names(
    'x-forwarded-for forwarded x-real-ip cf-connecting-ip cf-connecting-ipv6 true-client-ip x-client-ip x-cluster-client-ip fastly-client-ip fly-client-ip x-remote-ip x-remote-addr x-appengine-user-ip x-envoy-external-address x-azure-clientip x-original-forwarded-for cf-ipcity cf-iplatitude cf-iplongitude cf-postal-code from',
  ).map((name) => [name, 'address'] as const),
])

export function headerTreatment(lowerCaseName: string): HeaderTreatment | undefined {
  const known = TREATMENTS.get(lowerCaseName)
  if (known !== undefined) return known
  if (/^x-ratelimit-(?:limit|remaining|reset)-(?:requests|tokens|input-tokens|output-tokens)$/.test(lowerCaseName))
    return 'keep-raw'
  if (/^anthropic-ratelimit-[a-z-]{1,40}$/.test(lowerCaseName)) return 'keep-raw'
  return undefined
}
