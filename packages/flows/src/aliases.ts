/** Flows that went by another name, which stored runs and old buttons still know. */
const aliases: Readonly<Record<string, string>> = {
  'upload-failures': 'upload-failure',
  'sso-no-accounts-found': 'sso-no-accounts',
}

export const currentFlowId = (flowId: string): string =>
  (Object.hasOwn(aliases, flowId) ? aliases[flowId] : undefined) ?? flowId
