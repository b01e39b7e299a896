import type { Check } from '../refusal.ts'

export const noProcessingInstruction: Check<string> = {
  name: 'no-processing-instruction',
  run: (text) =>
    text.replace(/^<\?xml\s/i, '').includes('<?') ? { reason: 'saml.processing_instruction_refused' } : undefined,
}
