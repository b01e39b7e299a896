/** Payment cards and several national ids. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i += 1) {
    let digit = digits.charCodeAt(digits.length - 1 - i) - 48
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2
    sum += digit
  }
  return digits.length > 0 && sum % 10 === 0
}

export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  if (!/^[2-6]\d{12,18}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false
  return passesLuhn(digits)
}

/** ISO 13616: the rearranged number is 1 modulo 97. */
export function isIban(text: string): boolean {
  const compact = text.replace(/ /g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false
  let remainder = 0
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** Greek tax number: nine digits, the last being the weighted sum of the others modulo 11 modulo 10. */
export function isAfm(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  let sum = 0
  for (let i = 0; i < 8; i += 1) sum += (text.charCodeAt(i) - 48) * 2 ** (8 - i)
  return (sum % 11) % 10 === text.charCodeAt(8) - 48
}

/** Greek social security number: date of birth (DDMMYY) and five digits, with a Luhn check digit. */
export function isAmka(text: string): boolean {
  if (!/^\d{11}$/.test(text)) return false
  const day = Number(text.slice(0, 2))
  const month = Number(text.slice(2, 4))
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 && passesLuhn(text)
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

export function isIpv6(text: string): boolean {
  if (text.length > 45 || !/^[0-9A-Fa-f:.]+$/.test(text)) return false
  const groups = text.split(':')
  if (groups.length < 3 || groups.length > 9 || groups.some((group) => group.length > 4 && !isIpv4(group))) return false
  const isShortened = text.includes('::')
  if (isShortened) return text.indexOf('::') === text.lastIndexOf('::') && /[0-9A-Fa-f]/.test(text)
  return groups.length === 8
}
