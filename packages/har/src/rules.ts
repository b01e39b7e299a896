import type { Rule } from './finding.ts'
import { aborted } from './rules/aborted.ts'
import { authRejected } from './rules/auth-401.ts'
import { badRequest } from './rules/bad-request.ts'
import { captureQuality } from './rules/capture-quality.ts'
import { clientBlocked } from './rules/client-blocked.ts'
import { connFail } from './rules/conn-fail.ts'
import { dnsFail } from './rules/dns-fail.ts'
import { forbidden } from './rules/forbidden-403.ts'
import { headerTooBig } from './rules/header-too-big.ts'
import { htmlForJson } from './rules/html-for-json.ts'
import { mixedContent } from './rules/mixed-content.ts'
import { notFound } from './rules/not-found.ts'
import { offline } from './rules/offline.ts'
import { preflightFail } from './rules/preflight-fail.ts'
import { proxyAuth } from './rules/proxy-auth.ts'
import { rateLimit } from './rules/rate-limit.ts'
import { redirectLoop } from './rules/redirect-loop.ts'
import { serverError } from './rules/server-5xx.ts'
import { slowTtfb } from './rules/slow-ttfb.ts'
import { ssoError } from './rules/sso-error.ts'
import { statusZeroUnknown } from './rules/status-0-unknown.ts'
import { timeout } from './rules/timeout.ts'
import { tlsFail } from './rules/tls-fail.ts'
import { tooLarge } from './rules/too-large.ts'
import { unavailable } from './rules/unavailable.ts'
import { uploadCut } from './rules/upload-cut.ts'
import { wsFail } from './rules/ws-fail.ts'

/** Every rule; among equally severe findings the earlier one comes first. */
export const RULES: readonly Rule[] = [
  tooLarge,
  headerTooBig,
  uploadCut,
  clientBlocked,
  offline,
  dnsFail,
  connFail,
  tlsFail,
  proxyAuth,
  ssoError,
  redirectLoop,
  authRejected,
  forbidden,
  preflightFail,
  serverError,
  unavailable,
  timeout,
  htmlForJson,
  wsFail,
  rateLimit,
  badRequest,
  notFound,
  mixedContent,
  statusZeroUnknown,
  slowTtfb,
  aborted,
  ...captureQuality,
]
