import type { Rule } from './finding.ts'
import { aborted } from './rules/aborted.ts'
import { authRejected } from './rules/auth-401.ts'
import { badRequest } from './rules/bad-request.ts'
import { blockPage } from './rules/block-page.ts'
import { cacheMiss } from './rules/cache-miss.ts'
import { captivePortal } from './rules/captive-portal.ts'
import { captureQuality } from './rules/capture-quality.ts'
import { clientBlocked } from './rules/client-blocked.ts'
import { clockSkew } from './rules/clock-skew.ts'
import { connFail } from './rules/conn-fail.ts'
import { cookieDropped } from './rules/cookie-dropped.ts'
import { corsMissing } from './rules/cors-missing.ts'
import { cspBlock } from './rules/csp-block.ts'
import { dnsFail } from './rules/dns-fail.ts'
import { forbidden } from './rules/forbidden-403.ts'
import { h1Downgrade } from './rules/h1-downgrade.ts'
import { headerTooBig } from './rules/header-too-big.ts'
import { htmlForJson } from './rules/html-for-json.ts'
import { mixedContent } from './rules/mixed-content.ts'
import { notFound } from './rules/not-found.ts'
import { offline } from './rules/offline.ts'
import { oldBrowser } from './rules/old-browser.ts'
import { orbCorp } from './rules/orb-corp.ts'
import { preflightFail } from './rules/preflight-fail.ts'
import { proxyAuth } from './rules/proxy-auth.ts'
import { proxySeen } from './rules/proxy-seen.ts'
import { queued } from './rules/queued.ts'
import { quicTrouble } from './rules/quic-trouble.ts'
import { rateLimit } from './rules/rate-limit.ts'
import { redirectLoop } from './rules/redirect-loop.ts'
import { requestIds } from './rules/request-ids.ts'
import { retryStorm } from './rules/retry-storm.ts'
import { serverError } from './rules/server-5xx.ts'
import { serviceWorker } from './rules/service-worker.ts'
import { slowConnect } from './rules/slow-connect.ts'
import { slowDns } from './rules/slow-dns.ts'
import { slowDownload } from './rules/slow-download.ts'
import { slowTls } from './rules/slow-tls.ts'
import { slowTtfb } from './rules/slow-ttfb.ts'
import { sseCut } from './rules/sse-cut.ts'
import { ssoError } from './rules/sso-error.ts'
import { ssoPingpong } from './rules/sso-pingpong.ts'
import { statusZeroUnknown } from './rules/status-0-unknown.ts'
import { thirdPartyOnly } from './rules/third-party-only.ts'
import { timeout } from './rules/timeout.ts'
import { tlsFail } from './rules/tls-fail.ts'
import { tlsIntercept } from './rules/tls-intercept.ts'
import { tooLarge } from './rules/too-large.ts'
import { truncatedBody } from './rules/truncated-body.ts'
import { unavailable } from './rules/unavailable.ts'
import { uploadCut } from './rules/upload-cut.ts'
import { wsFail } from './rules/ws-fail.ts'

/**
 * Every rule, the more specific before the more general: a rule yields entries only to earlier ones, and among equally
 * severe findings the earlier comes first. What judges the capture as a whole comes last and sees what was found.
 */
export const RULES: readonly Rule[] = [
  tooLarge,
  headerTooBig,
  uploadCut,
  sseCut,
  wsFail,
  offline,
  clientBlocked,
  blockPage,
  captivePortal,
  proxyAuth,
  dnsFail,
  tlsFail,
  connFail,
  ssoError,
  ssoPingpong,
  cookieDropped,
  redirectLoop,
  preflightFail,
  corsMissing,
  authRejected,
  forbidden,
  htmlForJson,
  serverError,
  unavailable,
  serviceWorker,
  timeout,
  rateLimit,
  badRequest,
  notFound,
  retryStorm,
  cspBlock,
  mixedContent,
  orbCorp,
  quicTrouble,
  truncatedBody,
  statusZeroUnknown,
  ...clockSkew,
  tlsIntercept,
  oldBrowser,
  slowTtfb,
  slowConnect,
  slowTls,
  slowDns,
  slowDownload,
  aborted,
  queued,
  h1Downgrade,
  ...cacheMiss,
  proxySeen,
  thirdPartyOnly,
  requestIds,
  ...captureQuality,
]
