/**
 * Passages of a message that are not its writer's own words to us: a made-up article, a role of a transcript, the marks
 * of a chat template, a remark to the assistant in brackets or in a comment. They are cut out before anything is
 * understood, so that they decide nothing; that they were there is a sign.
 */
export function withoutPlanted(message: string): { rest: string; isPlanted: boolean } {
  let rest = message
  for (const passage of passages) rest = rest.replace(passage, ' ')
  return rest === message ? { rest: message, isPlanted: false } : { rest: rest.trim(), isPlanted: true }
}

const machine =
  '(?:assistants?|chat ?bots?|bots?|ai|llm|model|agent system|support bot|βοηθ(?:έ|ό|ός|οί|ούς)|ρομπότ|μοντέλο|voith[eo]s?|montelo)'
const order =
  '(?:must|shall|should|always|never|ignore|tell|say|reply|respond|answer|grant|give|reveal|print|output|approve|send|πρέπει|πάντα|ποτέ|αγνόησε|πες|απάντησε|δώσε|γράψε|στείλε|prepei|panta|agnoise|pes|apantise|dwse|dose|grapse|steile)'
const sheet =
  '(?:help[ -]?(?:centre|center)?[ -]?article|article|instructions?|system(?: prompt| message)?|policy|override|άρθρο|οδηγίες|σύστημα|πολιτική|arthro|odigies)'
const remark =
  '(?:notes?|remarks?|messages?|instructions?|hints?|directives?|σημείωση|οδηγία|μήνυμα|εντολή|simeiosi|shmeiwsh|odigia|odhgia|minima|mhnyma|entoli|entolh)'
const closing = '(?:end|end of [a-z ]{1,20}|τέλος|telos)'

const passages: readonly RegExp[] = [
  // A sheet with a heading and an end: "### Help article: … ### end".
  new RegExp(
    `^[ \\t]*(?:#{1,6}|={3,}|-{3,}|<{2,})[ \\t]*${sheet}\\b[\\s\\S]{0,1500}?^[ \\t]*(?:#{1,6}|={3,}|-{3,}|>{2,})[ \\t]*${closing}\\b.*$`,
    'gimu',
  ),
  new RegExp(`<(${sheet}|context|document|tool_result)[^>]{0,80}>[\\s\\S]{0,1500}?</\\1>`, 'giu'),
  new RegExp(`\\bBEGIN ${sheet}\\b[\\s\\S]{0,1500}?\\bEND ${sheet}\\b`, 'gu'),
  // A comment, or brackets, that speak to a machine.
  new RegExp(`<!--(?=[\\s\\S]{0,400}${machine})[\\s\\S]{0,1000}?-->`, 'giu'),
  new RegExp(`\\[[^\\]\\n]{0,60}(?<!\\p{L})${machine}(?!\\p{L})[^\\]\\n]{0,300}\\]`, 'giu'),
  new RegExp(`/\\*[^*]{0,80}(?<!\\p{L})${machine}(?!\\p{L})[^*]{0,300}\\*/`, 'giu'),
  // "Note to the model: …" and "llm-note: …", up to the end of the line or of what is quoted.
  new RegExp(
    `(?<!\\p{L})${remark} (?:to|for|προς|για|pros|gia) (?:the |any |το |τον |την |to |ton )?${machine}(?!\\p{L})[^:\\n]{0,40}:[^\\n\`"»]{1,400}`,
    'giu',
  ),
  new RegExp(`(?<!\\p{L})${machine}[-_ ]${remark}[ \\t]*[:=][^\\n\`"»]{1,400}`, 'giu'),
  // The marks of chat templates, with what stands between them.
  /<\|(?:im_start|system|assistant|user|start_header_id)\|>[\s\S]{0,1500}?(?:<\|(?:im_end|end|eot_id|end_header_id)\|>|$)/giu,
  /\[INST\][\s\S]{0,1500}?(?:\[\/INST\]|$)/giu,
  /<<SYS>>[\s\S]{0,1500}?(?:<<\/SYS>>|$)/giu,
  // A turn of a transcript that orders something: "ASSISTANT: … say …".
  new RegExp(
    `^.{0,30}?\\b(?:system|assistant|developer)\\s*:[ \\t]*(?=.{0,200}?(?<!\\p{L})${order}(?!\\p{L})).*$`,
    'gimu',
  ),
  /\{[^{}]{0,40}"role"\s*:\s*"(?:system|assistant|developer|tool)"[^{}]{0,600}\}/giu,
]
